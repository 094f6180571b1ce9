import ArgumentParser
import Glia

#if canImport(FoundationEssentials) && canImport(Glibc)
  import FoundationEssentials
  import Glibc
#else
  import Foundation
#endif

/// `glia-benchmark`: measures the time per step for common workloads on this machine.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "glia-benchmark",
    abstract: "Time training steps, predictions, updates, matrix products and formulas.",
    discussion: "Build with -c release, and run nothing else at the same time.")

  static let names = Workload.training.map(\.name) + ["grid", "one", "adam", "gemm", "formulas"]

  @Flag(help: "Print one JSON object per line.")
  var json = false

  @Option(help: "Measure how a step's time grows with the size of the network and draw it to this PNG file.")
  var growth: String?

  @Argument(help: "Workloads to time: \(names.joined(separator: ", ")) (default: all).", completion: .list(names))
  var workloads: [String] = names

  func validate() throws {
    try Machine.checkKernels()
    let known = Self.names + Measurement.products.map(\.name)
    for name in workloads where !known.contains(name) {
      throw ValidationError("unknown workload '\(name)'; expected one of \(Self.names.joined(separator: ", "))")
    }
  }

  func run() throws {
    if !json {
      print("\(Machine.processor), \(Machine.kernels) kernels, \(Threads.count) threads\n")
      print("workload       µs per step    (fastest – slowest)   allocations\n" + String(repeating: "─", count: 64))
    }
    if let growth { return try Growth.figure(report).write(to: growth) }
    for name in workloads {
      for measurement in try measure(name) { try report(measurement) }
    }
  }

  private func measure(_ name: String) throws -> [Measurement] {
    switch name {
    case "grid": [try .grid()]
    case "one": [try .one()]
    case "adam": [try .adam()]
    case "gemm": Measurement.products.map(Measurement.gemm)
    case "formulas": try Measurement.formulas()
    case _ where name.hasPrefix("gemm"): Measurement.products.filter { $0.name == name }.map(Measurement.gemm)
    default: try Workload.training.filter { $0.name == name }.map { try .training($0) }
    }
  }

  private func report(_ measured: Measurement) throws {
    if json {
      let encoder = JSONEncoder()
      encoder.keyEncodingStrategy = .convertToSnakeCase
      encoder.outputFormatting = [.sortedKeys]
      print(String(decoding: try encoder.encode(measured), as: UTF8.self))
    } else {
      let name = measured.work + String(repeating: " ", count: max(13 - measured.work.count, 0))
      let note =
        measured.gflops.map { text("%.0f GFLOP/s", $0) } ?? measured.allocationsPerStep.map { text("%.3g", $0) } ?? ""
      print(name, text("%12.2f   (%.2f – %.2f)   ", measured.us, measured.fastest, measured.slowest) + note)
    }
    fflush(nil)
  }

  /// Formats numbers with C's `printf`.
  private func text(_ format: String, _ numbers: Double...) -> String {
    var bytes = [CChar](repeating: 0, count: 100)
    _ = withVaList(numbers) { vsnprintf(&bytes, bytes.count, format, $0) }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
