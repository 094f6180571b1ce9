/// The format of models, checkpoints and experiments: a whole number, and the migrations that lead to it from every older one.
///
/// Models and checkpoints carry it as the metadata `glia.format`, the experiments in them and in reports as the key `format`.
/// Models without a number have format 0; an experiment without one has format 1, so that people need not write it. To change
/// what files contain, append a migration.
package struct FileFormat: Sendable {
  /// The changes from one format to the next.
  package struct Migration: Sendable {
    /// Changes the tensors and metadata of a model or checkpoint, except for its experiment.
    let file: @Sendable (inout SafeTensors) throws -> Void
    /// Changes the settings of an experiment, wherever it is written.
    let experiment: @Sendable (inout JSON.Object) throws -> Void

    /// Creates a migration; without arguments, only the number changes.
    package init(
      file: @escaping @Sendable (inout SafeTensors) throws -> Void = { _ in },
      experiment: @escaping @Sendable (inout JSON.Object) throws -> Void = { _ in }
    ) {
      (self.file, self.experiment) = (file, experiment)
    }
  }

  /// The format that this version writes, and every migration so far.
  package static let current = FileFormat(migrations: [
    // 0 → 1: files carry their number.
    Migration()
  ])

  static let key = "format"
  private static let metadataKey = "glia.format"
  /// The format of an experiment without a number.
  private static let unnumbered = 1

  /// The migrations; the one at index n leads from format n to n + 1.
  private let migrations: [Migration]

  /// Creates a format from its migrations.
  package init(migrations: [Migration]) { self.migrations = migrations }

  /// The number of the format.
  package var number: Int { migrations.count }

  /// Returns the model or checkpoint in this format; other safetensors files are returned unchanged.
  ///
  /// - Throws: for a newer format.
  package func migrated(_ file: SafeTensors) throws -> SafeTensors {
    guard file.metadata["glia.experiment"] != nil else { return file }
    let text = file.metadata[Self.metadataKey]
    guard let found = text.map({ Int($0) }) ?? 0, found >= 0 else {
      throw Self.malformed("'\((text ?? "").excerpt)'", at: Self.metadataKey)
    }
    try require(found, writtenBy: file.metadata["glia.version"], at: Self.metadataKey)
    var file = file
    for migration in migrations.dropFirst(found) { try migration.file(&file) }
    mark(&file)
    return file
  }

  /// Returns an experiment's settings in this format, without its number.
  ///
  /// - Parameters:
  ///   - json: the experiment.
  ///   - version: the version of Glia that wrote it, if known.
  ///   - place: its place, for error messages.
  /// - Throws: for a newer format, or a number that is not a format.
  package func migrated(_ json: JSON, writtenBy version: String? = nil, at place: String = "") throws -> JSON {
    guard case .object(var settings) = json else { return json }
    let given = try settings.spelled(at: place)[Spelling.folded(Self.key)]
    var found = Self.unnumbered
    if let given {
      let path = Spelling.path(place, given.key)
      guard let number = given.value.int, number >= 1 else { throw Self.malformed(given.value.compact, at: path) }
      try require(number, writtenBy: version, at: path)
      found = number
      settings[given.key] = nil
    }
    for migration in migrations.dropFirst(found) { try migration.experiment(&settings) }
    return .object(settings)
  }

  /// Writes the number into a model or checkpoint.
  func mark(_ file: inout SafeTensors) { file.metadata[Self.metadataKey] = "\(number)" }

  /// Returns an experiment's settings with the number in front.
  func marked(_ settings: JSON) -> JSON {
    guard case .object(let settings) = settings else { return settings }
    var marked: JSON.Object = [Self.key: JSON(number)]
    for (key, value) in settings { marked[key] = value }
    return .object(marked)
  }

  private func require(_ found: Int, writtenBy version: String?, at place: String) throws {
    guard found > number else { return }
    throw GliaError(
      "format \(found), written by \(version.map { "Glia \($0.excerpt)" } ?? "a newer Glia")", at: place,
      expected: "format \(number) or older: this is Glia \(Model.version)", remedy: "update Glia")
  }

  private static func malformed(_ number: String, at place: String) -> GliaError {
    GliaError("the format is \(number.excerpt)", at: place, expected: "a whole number, such as 1")
  }
}

extension SafeTensors {
  /// Reads a file; a model or checkpoint of an older format is migrated.
  package init(migrating path: String, to format: FileFormat = .current) throws {
    self = try format.migrated(SafeTensors(contentsOf: path))
  }
}

extension Experiment {
  /// The number of the format of models, checkpoints and experiments that this version writes; it also reads all older ones.
  public static var format: Int { FileFormat.current.number }

  /// Creates an experiment from its JSON, which may have an older ``format``.
  ///
  /// - Throws: for unknown settings, listing the known ones, and for a newer format.
  public init(from json: JSON, with registry: Registry, at place: String = "") throws {
    try self.init(from: json, writtenBy: nil, with: registry, at: place)
  }

  /// Creates an experiment from a file that `version` of Glia wrote.
  package init(
    from json: JSON, writtenBy version: String?, with registry: Registry, at place: String = "",
    format: FileFormat = .current
  ) throws {
    try self.init(settings: format.migrated(json, writtenBy: version, at: place), with: registry, at: place)
  }

  /// Returns the experiment as it is written into models, checkpoints and reports: its format, then all settings.
  public func fileJSON() throws -> JSON { FileFormat.current.marked(try json()) }
}
