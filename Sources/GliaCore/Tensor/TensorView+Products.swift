import GliaKernels

/// A matrix used as its transpose in a product: `weight.transposed`.
public struct TransposedView: ~Escapable {
  let matrix: TensorView<Float>

  @_lifetime(copy matrix)
  init(_ matrix: TensorView<Float>) { self.matrix = matrix }
}

extension TensorView<Float> {
  /// The transpose, for a product.
  public var transposed: TransposedView {
    @_lifetime(copy self)
    get { TransposedView(self) }
  }
}

extension MutableTensorView<Float> {
  /// The transpose, for a product.
  public var transposed: TransposedView {
    @_lifetime(copy self)
    get { TransposedView(view) }
  }

  /// Writes the product of `a` and the transpose of a matrix, plus `bias` to each row: y = x Wᵀ + b.
  public func formProduct(
    _ a: TensorView<Float>, _ b: borrowing TransposedView, adding bias: TensorView<Float>? = nil
  ) {
    let b = b.matrix
    guard fits(a.rows, a.columns, b.columns, b.rows), hasBias(bias, b.rows) else { return }
    glia_matmul_nt(a.rows, b.rows, a.columns, a.start, b.start, bias?.start, start)
  }

  /// Writes the product of the transpose of a matrix and `b`, as in the gradient of a weight: dW = dyᵀ x.
  public func formProduct(_ a: borrowing TransposedView, _ b: TensorView<Float>) {
    let a = a.matrix
    guard fits(a.columns, a.rows, b.rows, b.columns) else { return }
    glia_matmul_tn(a.rows, a.columns, b.columns, a.start, b.start, start)
  }

  /// Writes the product of `a` and `b`, as in the gradient of inputs: dx = dy W.
  public func formProduct(_ a: TensorView<Float>, _ b: TensorView<Float>) {
    guard fits(a.rows, a.columns, b.rows, b.columns) else { return }
    glia_matmul_nn(a.rows, a.columns, b.columns, a.start, b.start, start)
  }

  /// Writes the sum of the rows of `matrix`, as in the gradient of a bias: db = Σ dy.
  public func formSum(ofRowsOf matrix: TensorView<Float>) {
    guard fits(1, matrix.rows, matrix.rows, matrix.columns) else { return }
    glia_sum_rows(matrix.rows, matrix.columns, matrix.start, start)
  }

  /// Writes f(x Wᵀ + b), and also the sums x Wᵀ + b if `sums` is not empty: in a large product, the activation is applied to
  /// each part while it is in the cache.
  public func formProduct(
    _ a: TensorView<Float>, _ b: borrowing TransposedView, adding bias: TensorView<Float>?,
    activation: any Activation, sums: MutableTensorView<Float>?
  ) {
    guard count >= ActivatedProduct.least, activation.isElementwise else {
      formProduct(a, b, adding: bias)
      sums?.copy(view)
      return apply(activation)
    }
    let b = b.matrix
    guard fits(a.rows, a.columns, b.columns, b.rows), hasBias(bias, b.rows), (sums?.count ?? count) == count else {
      return
    }
    ActivatedProduct(activation: activation, outputs: start, sums: sums?.start)
      .compute(rows: a.rows, units: b.rows, inputs: a.columns, a.start, b.start, bias?.start)
  }

  /// Replaces all elements z by f(z), row by row.
  public func apply(_ activation: any Activation) {
    var values = span
    activation.apply(&values, width: max(columns, 1))
  }

  /// Converts the gradient with respect to the outputs f(z) to that with respect to the sums z.
  ///
  /// - Parameters:
  ///   - activation: the function f.
  ///   - sums: z; nil unless the activation's derivative needs it.
  ///   - outputs: f(z).
  public func pullBack(_ activation: any Activation, sums: TensorView<Float>?, outputs: TensorView<Float>) {
    guard (sums?.count ?? count) == count, outputs.count == count else {
      report?.noteUnequal(count, outputs.count)
      return
    }
    var gradient = span
    if let sums {
      activation.pullback(&gradient, input: sums.span, output: outputs.span, width: max(columns, 1))
    } else {
      activation.pullback(&gradient, input: outputs.span, output: outputs.span, width: max(columns, 1))
    }
  }

  /// Returns whether an m × k matrix times a k × n matrix has the element count of this one.
  private func fits(_ m: Int, _ k: Int, _ otherK: Int, _ n: Int) -> Bool {
    if k == otherK, m * n == count { return true }
    report?.note("a product of \(m) × \(k) and \(otherK) × \(n) numbers for \(count) outputs")
    return false
  }

  private func hasBias(_ bias: TensorView<Float>?, _ units: Int) -> Bool {
    guard let bias, bias.count != units else { return true }
    report?.note("a bias of \(bias.count) numbers for \(units) columns")
    return false
  }
}

/// A product followed by an elementwise activation, applied to each part on the thread that computes it.
private struct ActivatedProduct {
  let activation: any Activation
  let outputs: UnsafeMutablePointer<Float>
  let sums: UnsafeMutablePointer<Float>?

  /// The number of outputs from which a second thread pays off.
  static let least = 1 << 15

  func compute(
    rows: Int, units: Int, inputs: Int, _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>?
  ) {
    withUnsafePointer(to: self) { own in
      glia_matmul_nt_finishing(
        rows, units, inputs, x, weight, bias, outputs,
        { context, run, count in
          guard let run, let own = context?.assumingMemoryBound(to: ActivatedProduct.self) else { return }
          own.pointee.apply(run, count)
        }, UnsafeMutableRawPointer(mutating: own))
    }
  }

  private func apply(_ run: UnsafeMutablePointer<Float>, _ count: Int) {
    if let sums { (sums + (run - outputs)).update(from: run, count: count) }
    var values = MutableSpan(_unsafeStart: run, count: count)
    activation.apply(&values, width: count)
  }
}
