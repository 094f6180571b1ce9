import Foundation
import GliaCore
import Testing

@Suite struct FileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func writing(_ path: String) -> GliaError? {
    #expect(throws: GliaError.self) { try AtomicFile.write("new", to: path) }
  }

  private func reading(_ path: String, limit: Int = 100) -> GliaError? {
    #expect(throws: GliaError.self) { try FileReader.bytes(of: path, limit: limit) }
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func writesAndReplaces() throws {
    let path = folder("a.txt")
    let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try AtomicFile.write(large, to: path)
    #expect(try FileReader.bytes(of: path) == large)
    try AtomicFile.write("äb", to: path)
    #expect(try FileReader.bytes(of: path) == [0xC3, 0xA4, 0x62])
    try AtomicFile.write([], to: path)
    #expect(try FileReader.bytes(of: path) == [])
    try AtomicFile.write(to: path) { write in
      for piece in ["one", "", "two"] { try Array(piece.utf8).withUnsafeBytes(write) }
    }
    #expect(try FileReader.bytes(of: path) == Array("onetwo".utf8))
    #expect(folder.names == ["a.txt"])
  }

  @Test func keepsTheOldFileWhenWritingFails() throws {
    struct Stop: Error {}
    let path = folder("a.txt")
    try AtomicFile.write("old", to: path)
    #expect(throws: Stop.self) {
      try AtomicFile.write(to: path) { write in
        try [UInt8](repeating: 1, count: 10).withUnsafeBytes(write)
        #expect(folder.names.count == 2)
        throw Stop()
      }
    }
    #expect(try FileReader.bytes(of: path) == Array("old".utf8))
    #expect(folder.names == ["a.txt"])
  }

  @Test func givesUsualPermissionsAndKeepsExistingOnes() throws {
    let mask = umask(0)
    umask(mask)
    let path = folder("a.txt")
    try AtomicFile.write("1", to: path)
    #expect(try permissions(path) == 0o666 & ~Int(mask))
    #expect(chmod(path, 0o600) == 0)
    try AtomicFile.write("2", to: path)
    #expect(try permissions(path) == 0o600)
  }

  @Test func followsSymbolicLinks() throws {
    let inner = folder("inner")
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
    #expect(symlink("second", folder("first")) == 0)
    #expect(symlink("\(inner)/target", folder("second")) == 0)
    for text in ["made", "replaced"] {
      try AtomicFile.write(text, to: folder("first"))
      #expect(try FileReader.bytes(of: "\(inner)/target") == Array(text.utf8))
    }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder("first")) == "second")
    #expect(symlink("b", folder("a")) == 0)
    #expect(symlink("a", folder("b")) == 0)
    #expect(writing(folder("a"))?.what.contains("loop") == true)
    #expect(folder.names == ["a", "b", "first", "inner", "second"])
  }

  @Test func explainsWhatCannotBeWritten() throws {
    #expect(writing(folder.path)?.what == "this is a folder")
    #expect(writing("")?.what == "this is not a valid path")
    #expect(writing(folder("a\0b"))?.what == "this is not a valid path")
    let missing = writing(folder("none/a.txt"))
    #expect(missing?.what == "cannot be written: No such file or directory")
    #expect(missing?.place == folder("none/a.txt"))
    #expect(missing?.remedy?.contains("create the folder") == true)
    #expect(missing?.category == .output)
    try AtomicFile.write("x", to: folder("file"))
    #expect(writing(folder("file/a.txt"))?.category == .output)
    #expect(writing(folder(String(repeating: "n", count: 300)))?.category == .output)
    #expect(folder.names == ["file"])
  }

  @Test func refusesFoldersWithoutPermission() throws {
    // The superuser can write anywhere.
    guard geteuid() != 0 else { return }
    #expect(chmod(folder.path, 0o500) == 0)
    defer { chmod(folder.path, 0o700) }
    let error = writing(folder("a.txt"))
    #expect(error?.remedy?.contains("another folder") == true)
    #expect(error?.category == .output)
  }

  @Test func explainsWhatCannotBeRead() throws {
    let missing = reading(folder("none.csv"))
    #expect(missing?.what == "cannot be opened: No such file or directory")
    #expect(missing?.category == .missingInput)
    #expect(reading(folder.path)?.what == "this is a folder")
    #expect(reading("")?.what == "this is not a valid path")
    #expect(reading(folder("a\0b"))?.category == .missingInput)
  }

  @Test func aPathWithAZeroByteIsNeverCutShort() {
    #expect(Paths.absolute("a\0b", in: folder.path) == "a\0b")
    #expect(Paths.relative("/a\0b", to: "/") == "/a\0b")
  }

  @Test(.timeLimit(.minutes(5))) func refusesPipesWithoutWaiting() {
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    // Uses a new pipe, never a device, because a failing test must not replace one.
    for error in [reading(folder("pipe")), writing(folder("pipe"))] {
      #expect(error?.what == "this is not a regular file")
    }
    #expect(reading(folder("pipe"))?.category == .missingInput)
    #expect(writing(folder("pipe"))?.category == .output)
    #expect(folder.names == ["pipe"])
  }

  @Test func whatCanBeWrittenIsKnownBefore() throws {
    func checking(_ path: String) -> GliaError? { #expect(throws: GliaError.self) { try AtomicFile.check(path) } }
    try AtomicFile.write("old", to: folder("file"))
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    #expect(symlink("b", folder("a")) == 0 && symlink("a", folder("b")) == 0)
    #expect(symlink("none/file", folder("lost")) == 0 && symlink("file", folder("link")) == 0)
    let names = folder.names
    for name in ["", "pipe", "a", "none/file", "file/more", "lost"] {
      let (before, then) = (checking(folder(name)), writing(folder(name)))
      #expect(before == then && before?.category == .output, "\(name)")
    }
    for name in ["new", "file", "link"] { try AtomicFile.check(folder(name)) }
    try AtomicFile.check(folder: folder.path)
    let error = #expect(throws: GliaError.self) { try AtomicFile.check(folder: folder("none")) }
    #expect(error?.place == folder("none"))
    #expect(folder.names == names)
    #expect(try FileReader.bytes(of: folder("file")) == Array("old".utf8))
  }

  @Test func whatWasLeftHalfWrittenIsCleared() throws {
    let left = [".glia-1z.tmp", ".glia-.tmp", ".glia-probe"]
    let others = [".glia-notes", ".gliaX.tmp", "glia-1.tmp", "x.tmp"]
    for name in left + others { try Data("x".utf8).write(to: URL(fileURLWithPath: folder(name))) }
    try FileManager.default.createDirectory(atPath: folder(".glia-folder.tmp"), withIntermediateDirectories: false)
    #expect(symlink("x.tmp", folder(".glia-link.tmp")) == 0 && mkfifo(folder(".glia-pipe.tmp"), 0o600) == 0)
    let kept = (others + [".glia-folder.tmp", ".glia-link.tmp", ".glia-pipe.tmp"]).sorted()
    // Files that are being written are kept.
    try AtomicFile.write(to: folder("new")) { write in
      AtomicFile.removeAbandoned(in: folder.path)
      #expect(folder.names.count == kept.count + 1)
      try Array("whole".utf8).withUnsafeBytes(write)
    }
    #expect(try FileReader.bytes(of: folder("new")) == Array("whole".utf8))
    #expect(folder.names == (kept + ["new"]).sorted())
    AtomicFile.removeAbandoned(in: folder("none"))
  }

  @Test func refusesFilesOverTheLimit() throws {
    try AtomicFile.write([UInt8](repeating: 0, count: 101), to: folder("a"))
    let error = reading(folder("a"), limit: 100)
    #expect(error?.what == "the file has 101 bytes")
    #expect(error?.expected == "at most 100 bytes")
    #expect(error?.category == .description)
    #expect(try FileReader.bytes(of: folder("a"), limit: 101).count == 101)
  }
}
