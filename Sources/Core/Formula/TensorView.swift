/// A tensor that a formula reads: an input, or a parameter by its name.
///
/// It cannot outlive the pass. What lies outside of it reads as 0 and is refused when the network is built.
public struct TensorView<T: DifferentiableNumber>: ~Escapable {
  @usableFromInline let start: UnsafePointer<T>
  /// How many numbers.
  public let count: Int
  /// The lengths of the last axis, and of the last two together.
  @usableFromInline let (row, matrix): (Int, Int)
  @usableFromInline unowned(unsafe) let faults: FormulaFaults?

  @_lifetime(immortal)
  @inlinable
  init(unsafe start: UnsafePointer<T>, count: Int, row: Int, matrix: Int, _ faults: FormulaFaults?) {
    (self.start, self.count, self.row, self.matrix, self.faults) = (start, count, row, matrix, faults)
  }

  /// The places of all numbers in order.
  @inlinable
  public var indices: Range<Int> { 0..<count }

  /// The number at place `i` in order.
  @inlinable
  public subscript(i: Int) -> T {
    if i >= 0, i < count { return start[i] }
    faults?.note("[\(i)] of \(count) numbers")
    return .zero
  }

  /// The number in row `i` and column `j` of a matrix.
  @inlinable
  public subscript(i: Int, j: Int) -> T {
    if i >= 0, j >= 0, j < row, i < count / max(row, 1) { return start[i * row + j] }
    faults?.note("[\(i), \(j)] of \(count / max(row, 1)) rows and \(row) columns")
    return .zero
  }

  /// The number `[i, j, k]` of a tensor with three axes.
  @inlinable
  public subscript(i: Int, j: Int, k: Int) -> T {
    if i >= 0, j >= 0, k >= 0, k < row, j < matrix / max(row, 1), i < count / max(matrix, 1) {
      return start[i * matrix + j * row + k]
    }
    faults?.note("[\(i), \(j), \(k)] of a tensor of \(count / max(matrix, 1)) × \(matrix / max(row, 1)) × \(row)")
    return .zero
  }
}

/// The outputs of one sample, which a formula writes; they start at 0.
public struct MutableTensorView<T: DifferentiableNumber>: ~Escapable, ~Copyable {
  @usableFromInline let start: UnsafeMutablePointer<T>
  /// How many numbers.
  public let count: Int
  @usableFromInline unowned(unsafe) let faults: FormulaFaults?

  @_lifetime(immortal)
  @inlinable
  init(unsafe start: UnsafeMutablePointer<T>, count: Int, _ faults: FormulaFaults?) {
    (self.start, self.count, self.faults) = (start, count, faults)
  }

  /// The places of all numbers in order.
  @inlinable
  public var indices: Range<Int> { 0..<count }

  /// The number at place `i`.
  @inlinable
  public subscript(i: Int) -> T {
    get {
      if i >= 0, i < count { return start[i] }
      faults?.note("[\(i)] of \(count) outputs")
      return .zero
    }
    set {
      if i >= 0, i < count { start[i] = newValue } else { faults?.note("[\(i)] of \(count) outputs") }
    }
  }
}

/// The parameters of a layer by name.
public struct ParameterView<T: DifferentiableNumber>: ~Escapable {
  @usableFromInline let start: UnsafePointer<T>
  @usableFromInline unowned(unsafe) let plan: LayerPlan
  @usableFromInline unowned(unsafe) let faults: FormulaFaults?

  @_lifetime(immortal)
  @inlinable
  init(unsafe start: UnsafePointer<T>, _ plan: LayerPlan, _ faults: FormulaFaults?) {
    (self.start, self.plan, self.faults) = (start, plan, faults)
  }

  /// The parameter that the layer's plan calls `name`.
  @inlinable
  public subscript(name: String) -> TensorView<T> {
    @_lifetime(copy self)
    get {
      let place = plan.place(of: name)
      if place == nil { faults?.note("'\(name)', which the plan does not have") }
      let view = TensorView(
        unsafe: start + (place?.offset ?? 0), count: place?.count ?? 0, row: place?.row ?? 0,
        matrix: place?.matrix ?? 0,
        faults)
      return _overrideLifetime(view, copying: self)
    }
  }
}

/// What a formula reads or writes that is not there, found when a network is built.
@usableFromInline
final class FormulaFaults {
  private(set) var first: String?
  @usableFromInline
  func note(_ what: String) { first = first ?? what }
}
