#if canImport(FoundationEssentials) && canImport(Glibc)
  import FoundationEssentials
  import Glibc
#else
  import Foundation
#endif

/// Looks before memory is taken: Linux hands out more than there is and ends the program later.
public enum Memory {
  /// The bytes that this process may use: the machine's memory, or the container's or the process's limit if that is lower.
  public static let available: Int = {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].compactMap {
      (try? String(contentsOfFile: $0, encoding: .utf8))?.split(whereSeparator: \.isWhitespace).first.flatMap {
        Int($0)
      }
    }
    var limit = rlimit()
    #if canImport(Glibc)
      let isLimited = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    #else
      let isLimited = getrlimit(RLIMIT_AS, &limit) == 0
    #endif
    let addresses = isLimited ? Int(clamping: limit.rlim_cur) : physical
    return min(physical, addresses, limits.min() ?? physical)
  }()

  /// The bytes that this process holds already; 0 where the system does not tell.
  private static var held: Int {
    guard let numbers = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " "),
      let pages = numbers.dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
  /// Less than this is always there, or the program could not have come so far.
  private static let worthALook = 1 << 24

  /// How many numbers have these sizes, multiplied; throws if they would take more than `share` of the memory there is,
  /// or more than is left of it.
  ///
  /// - Parameters:
  ///   - shape: the sizes, of whatever origin.
  ///   - size: the bytes of one number.
  ///   - purpose: what the numbers are, for the message.
  ///   - share: how much of all memory they may take.
  ///   - place: where the sizes come from.
  ///   - remedy: what makes them smaller.
  @discardableResult
  public static func require(
    _ shape: [Int], of size: Int = MemoryLayout<Float>.stride, for purpose: @autoclosure () -> String,
    share: Double = 0.5, at place: String? = nil, remedy: String = "make it smaller"
  ) throws -> Int {
    let count = try? shape.elementCount()
    let bytes = shape.reduce(Double(size)) { $0 * Double($1) }
    if let count, bytes <= Double(worthALook) { return count }
    let limit = min(Double(available) * share, Double(available) * 0.95 - Double(held))
    guard let count, bytes <= limit else {
      throw GliaError(
        "\(purpose()) needs more memory than there is, \(text(bytes))", at: place,
        expected: "at most \(text(max(limit, 0))) of \(text(Double(available)))", remedy: remedy)
    }
    return count
  }

  /// Throws if `floats` numbers would take more than `share` of the memory there is, or more than is left of it.
  public static func require(
    floats: Int, for purpose: @autoclosure () -> String, share: Double = 0.5, at place: String? = nil,
    remedy: String = "make it smaller"
  ) throws {
    try require([floats], for: purpose(), share: share, at: place, remedy: remedy)
  }

  /// A number of bytes for people: `512 MB`, `1.6 GB`.
  static func text(_ bytes: Double) -> String {
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
    var (value, unit) = (bytes / 1000, 0)
    while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    guard value < 999.5 else { return "more than 999 EB" }
    let tenths = (value * 10).rounded()
    let digits =
      tenths < 100 && tenths.truncatingRemainder(dividingBy: 10) != 0 ? "\(tenths / 10)" : "\(Int(value.rounded()))"
    return "\(digits) \(units[unit])"
  }
}
