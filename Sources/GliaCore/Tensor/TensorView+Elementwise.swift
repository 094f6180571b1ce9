import GliaKernels

extension TensorView<Float> {
  /// The sum of all numbers.
  public var sum: Double { glia_sum(count, start) }
  /// The sum of the squares of all numbers.
  public var sumOfSquares: Double { glia_sum_of_squares(count, start) }

  /// Returns the sum of the losses of these predictions, computed by a kernel of `GliaKernels`.
  ///
  /// - Parameters:
  ///   - target: the targets, `columns` for each row of predictions.
  ///   - columns: the number of targets per sample.
  ///   - weights: one weight per sample; nil for weights of 1.
  ///   - gradient: receives the gradient, one number for each prediction; nil if only the sum is needed.
  ///   - kernel: called with the addresses of all of these; nil for those that are nil.
  @inlinable
  public func sumOfLosses(
    _ target: TensorView<Float>, columns: Int, weights: TensorView<Float>?, gradient: MutableTensorView<Float>?,
    _ kernel: (
      _ prediction: UnsafePointer<Float>, _ target: UnsafePointer<Float>, _ weights: UnsafePointer<Float>?,
      _ gradient: UnsafeMutablePointer<Float>?
    ) -> Double
  ) -> Double {
    for (found, expected) in [
      (target.count, rows.multipliedReportingOverflow(by: columns).overflow ? -1 : rows &* columns),
      (weights?.count ?? rows, rows), (gradient?.count ?? count, count),
    ]
    where found != expected {
      report?.noteUnequal(found, expected)
      return .nan
    }
    return kernel(start, target.start, weights?.start, gradient?.start)
  }
}

// Loops over corresponding elements. They run up to the shortest tensor; whether all have the same count is checked once, not
// for each element.
extension MutableTensorView<Float> {
  /// Sets all elements to `value`.
  @inlinable
  public func fill(_ value: Float) { start.update(repeating: value, count: count) }

  /// Copies all elements of `other`.
  @inlinable
  public func copy(_ other: TensorView<Float>) { start.update(from: other.start, count: common(other.count)) }

  /// Replaces all elements x by eˣ.
  public func formExponentials() { glia_exp(count, start, start) }

  /// Calls a kernel of `GliaKernels` with the addresses of the same number of elements in each tensor: `source`, up to three
  /// tensors that it changes (nil if not given), and this tensor.
  @inlinable
  public func callKernel(
    _ source: TensorView<Float>, _ a: MutableTensorView<Float>? = nil, _ b: MutableTensorView<Float>? = nil,
    _ c: MutableTensorView<Float>? = nil,
    _ kernel: (
      _ count: Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?,
      UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>
    ) -> Void
  ) {
    kernel(common(source.count, a?.count, b?.count, c?.count), source.start, a?.start, b?.start, c?.start, start)
  }

  /// Adds `factor` times the elements of `other`.
  public func add(_ other: TensorView<Float>, times factor: Float = 1) {
    glia_axpy(common(other.count), factor, other.start, start)
  }

  /// Writes `factor` times the elements of `other`.
  public func assign(_ other: TensorView<Float>, times factor: Float) {
    glia_scale(common(other.count), factor, other.start, start)
  }

  /// Writes the results of `formula` for the elements of `a`.
  @inlinable
  public func assign(_ a: TensorView<Float>, _ formula: (Float) -> Float) {
    for i in 0..<common(a.count) { start[i] = formula(a.start[i]) }
  }

  /// Writes the results of `formula` for the elements of `a` and `b`.
  @inlinable
  public func assign(_ a: TensorView<Float>, _ b: TensorView<Float>, _ formula: (Float, Float) -> Float) {
    for i in 0..<common(a.count, b.count) { start[i] = formula(a.start[i], b.start[i]) }
  }

  /// Writes the results of `formula` for the elements of `a`, `b` and `c`.
  @inlinable
  public func assign(
    _ a: TensorView<Float>, _ b: TensorView<Float>, _ c: TensorView<Float>, _ formula: (Float, Float, Float) -> Float
  ) {
    for i in 0..<common(a.count, b.count, c.count) { start[i] = formula(a.start[i], b.start[i], c.start[i]) }
  }

  /// Updates each element in place with `formula`, given the element of `a`.
  @inlinable
  public func update(_ a: TensorView<Float>, _ formula: (inout Float, Float) -> Void) {
    for i in 0..<common(a.count) { formula(&start[i], a.start[i]) }
  }

  /// Updates each element in place with `formula`, given those of `a` and `b`.
  @inlinable
  public func update(
    _ a: TensorView<Float>, _ b: TensorView<Float>, _ formula: (inout Float, Float, Float) -> Void
  ) {
    for i in 0..<common(a.count, b.count) { formula(&start[i], a.start[i], b.start[i]) }
  }

  /// Updates each element in place with `formula`, given those of `a`, `b` and `c`.
  @inlinable
  public func update(
    _ a: TensorView<Float>, _ b: TensorView<Float>, _ c: TensorView<Float>,
    _ formula: (inout Float, Float, Float, Float) -> Void
  ) {
    for i in 0..<common(a.count, b.count, c.count) { formula(&start[i], a.start[i], b.start[i], c.start[i]) }
  }

  /// Updates each element in place with `formula`, given those of `a`, `b`, `c` and `d`.
  @inlinable
  public func update(
    _ a: TensorView<Float>, _ b: TensorView<Float>, _ c: TensorView<Float>, _ d: TensorView<Float>,
    _ formula: (inout Float, Float, Float, Float, Float) -> Void
  ) {
    for i in 0..<common(a.count, b.count, c.count, d.count) {
      formula(&start[i], a.start[i], b.start[i], c.start[i], d.start[i])
    }
  }

  /// Updates each element in place together with that of `other`, with `formula`, given the element of `a`.
  @inlinable
  public func update(
    together other: MutableTensorView<Float>, _ a: TensorView<Float>,
    _ formula: (inout Float, inout Float, Float) -> Void
  ) {
    for i in 0..<common(other.count, a.count) { formula(&start[i], &other.start[i], a.start[i]) }
  }

  /// Returns the element count of this tensor and others; reports an error if they differ.
  @inlinable
  func common(_ a: Int, _ b: Int? = nil, _ c: Int? = nil, _ d: Int? = nil) -> Int {
    if a == count, b ?? count == count, c ?? count == count, d ?? count == count { return count }
    let least = min(count, min(min(a, b ?? a), min(c ?? a, d ?? a)))
    report?.noteUnequal(count, least)
    return least
  }
}
