#if canImport(FoundationEssentials) && canImport(Glibc)
  import FoundationEssentials
  import Glibc
#else
  import Foundation
#endif

/// Checks sizes before memory is allocated: Linux overcommits memory and kills the program later.
public enum Memory {
  /// The memory available to this process in bytes: that of the machine, or a lower limit of the container or process.
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

  /// The memory that this process already uses, in bytes; 0 if unknown.
  private static var held: Int {
    guard let numbers = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " "),
      let pages = numbers.dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
  /// Smaller sizes are not checked, because that much memory is always available.
  private static let worthALook = 1 << 24

  /// Returns the product of the sizes; throws if that many numbers would exceed `share` of the available memory, or what is
  /// left of it.
  ///
  /// - Parameters:
  ///   - shape: the sizes, from any source.
  ///   - size: the bytes per number.
  ///   - purpose: what the memory is for, for the error message.
  ///   - share: the maximum fraction of the available memory.
  ///   - place: the place of the sizes, for the error message.
  ///   - remedy: how to reduce the sizes.
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
        "\(purpose()) needs more memory than is available: \(text(bytes))", at: place,
        expected: "at most \(text(max(limit, 0))) of \(text(Double(available)))", remedy: remedy)
    }
    return count
  }

  /// Throws if `floats` numbers would exceed `share` of the available memory, or what is left of it.
  public static func require(
    floats: Int, for purpose: @autoclosure () -> String, share: Double = 0.5, at place: String? = nil,
    remedy: String = "make it smaller"
  ) throws {
    try require([floats], for: purpose(), share: share, at: place, remedy: remedy)
  }

  /// Returns a number of bytes in readable form: `512 MB`, `1.6 GB`.
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
