import GliaKernels.Variants

#if canImport(FoundationEssentials) && canImport(Glibc)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The machine that this process runs on, as reports name it: results are bit-identical only on one kind of kernels, and times
/// only comparable on one kind of processor.
public enum Machine {
  /// The kind of processor, such as `Apple M3`; `unknown` if the system does not say.
  public static let processor = name ?? "unknown"

  /// The kernels in use: `portable`, `avx2` or `avx512`.
  public static var kernels: String { glia_isa_name(glia_isa()).map { String(cString: $0) } ?? "unknown" }

  private static var name: String? {
    #if canImport(Darwin)
      var bytes = [UInt8](repeating: 0, count: 256)
      var size = bytes.count
      guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else { return nil }
      return cleaned(String(decoding: bytes.prefix(min(size, bytes.count)).prefix { $0 != 0 }, as: UTF8.self)[...])
    #else
      return (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)).flatMap(processor(named:))
    #endif
  }

  /// Returns the kind of processor that the text of `/proc/cpuinfo` names; not all architectures do.
  package static func processor(named text: String) -> String? {
    let lines = text.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 1) }
    for key in ["model name", "cpu model", "cpu", "Processor", "Hardware", "Model"] {
      for line in lines where line.count == 2 && cleaned(line[0]) == key {
        if let name = cleaned(line[1]) { return name }
      }
    }
    return nil
  }

  /// Returns the text without surrounding white space and of limited length; nil if nothing is left.
  private static func cleaned(_ text: Substring) -> String? {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ").excerpt
  }
}
