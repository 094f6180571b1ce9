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

  /// The kernels in use: `portable`, `avx2` or `avx512`, the best ones that the processor supports unless the environment
  /// variable `GLIA_KERNELS` names others.
  public static var kernels: String { name(of: glia_isa()) }

  /// The kernels that this processor supports, from the narrowest to the widest.
  public static var supportedKernels: [String] {
    [GLIA_PORTABLE, GLIA_AVX2, GLIA_AVX512].filter { glia_kernels_for($0) != nil }.map(name(of:))
  }

  /// Throws if the environment variable `GLIA_KERNELS` names kernels that do not exist or that this processor does not support.
  public static func checkKernels() throws { try kernelsChecked.get() }

  private static let kernelsChecked = Result { try check(kernels: ProcessInfo.processInfo.environment["GLIA_KERNELS"]) }

  /// Throws if there are no kernels of the name `wanted`; any will do if it is nil or empty.
  package static func check(kernels wanted: String?) throws {
    guard let wanted, !wanted.isEmpty, !supportedKernels.contains(wanted) else { return }
    throw GliaError(
      "this processor has no kernels '\(wanted.excerpt)'", at: "GLIA_KERNELS",
      expected: supportedKernels.map { "'\($0)'" }.joined(separator: ", "),
      remedy: "or unset GLIA_KERNELS, which selects the fastest")
  }

  private static func name(of isa: glia_isa) -> String { glia_isa_name(isa).map { String(cString: $0) } ?? "unknown" }

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
