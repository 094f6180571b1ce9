import GliaCore
import GliaKernels

/// An activation applied to the outputs of a product run by run, by the threads that compute them.
struct FusedActivation {
  let activation: any Activation
  /// Where the outputs begin.
  let sums: UnsafeMutablePointer<Float>
  /// Where the weighted sums are kept, if the derivative needs them.
  let kept: UnsafeMutablePointer<Float>?

  /// Outputs from which a second thread pays.
  static let least = 1 << 15

  /// y = f(x wᵀ + bias), where y begins at `sums`.
  func multiply(
    rows: Int, units: Int, inputs: Int, _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>?
  ) {
    withUnsafePointer(to: self) { own in
      glia_matmul_nt_finishing(
        rows, units, inputs, x, weight, bias, sums,
        { context, run, count in
          guard let run, let own = context?.assumingMemoryBound(to: FusedActivation.self) else { return }
          own.pointee.apply(run, count)
        }, UnsafeMutableRawPointer(mutating: own))
    }
  }

  private func apply(_ run: UnsafeMutablePointer<Float>, _ count: Int) {
    if let kept { (kept + (run - sums)).update(from: run, count: count) }
    var values = MutableSpan(_unsafeStart: run, count: count)
    activation.apply(&values, width: count)
  }
}
