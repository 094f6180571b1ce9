import GliaCore
import GliaKernels

/// The logarithm of the softmax: f(z)ᵢ = zᵢ - ln Σⱼ e^zⱼ over each row.
///
/// With p = e^f(z) the pullback is dzᵢ = dyᵢ - pᵢ Σⱼ dyⱼ. It has no link because cross-entropy losses take probabilities.
public struct LogSoftmax: Activation {
  public static let name = "log_softmax"
  public static let summary = "ln(softmax(z)) over each row"
  /// Creates the log-softmax activation.
  public init() {}
  public var needsInput: Bool { false }
  public var range: ClosedRange<Float>? { -.infinity...0 }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) {
    for start in stride(from: 0, to: values.count, by: max(width, 1)) {
      let row = start..<start + width
      var largest = -Float.infinity
      for i in row where values[i] > largest { largest = values[i] }
      var sum = 0.0
      for i in row { sum += Double(glia_expf(values[i] - largest)) }
      let logarithm = Float(Double.log(sum))
      for i in row { values[i] = values[i] - largest - logarithm }
    }
  }

  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for start in stride(from: 0, to: gradient.count, by: max(width, 1)) {
      let row = start..<start + width
      var sum: Float = 0
      for i in row { sum += gradient[i] }
      for i in row { gradient[i] -= glia_expf(a[i]) * sum }
    }
  }
}

extension Activation where Self == LogSoftmax {
  /// The logarithm of the softmax over each row.
  public static var logSoftmax: LogSoftmax { LogSoftmax() }
}
