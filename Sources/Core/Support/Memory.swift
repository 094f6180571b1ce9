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

  /// Throws if `floats` numbers would take more than `share` of the memory there is.
  public static func require(
    floats: Int, for purpose: @autoclosure () -> String, share: Double = 0.5, at place: String? = nil
  ) throws {
    let limit = Int(Double(available) * share) / MemoryLayout<Float>.stride
    guard floats > limit else { return }
    throw GliaError(
      "\(purpose()) needs more memory than there is", at: place,
      expected: "at most \(limit) numbers in \(available >> 20) MB", remedy: "make it smaller")
  }
}
