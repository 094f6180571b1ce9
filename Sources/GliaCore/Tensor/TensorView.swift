/// A tensor that a layer reads, such as its inputs or a parameter.
///
/// A view borrows memory of the pass and cannot outlive it. Reading out of bounds returns 0 and ends the pass with an error
/// that names the layer.
public struct TensorView<T: DifferentiableNumber>: ~Escapable {
  @usableFromInline let start: UnsafePointer<T>
  /// The number of rows: the product of all axes except the last.
  public let rows: Int
  /// The length of the last axis.
  public let columns: Int
  /// The length of the second-to-last axis.
  @usableFromInline let depth: Int
  @usableFromInline let report: PassReport?

  @_lifetime(immortal)
  @inlinable
  init(unsafe start: UnsafePointer<T>, rows: Int = 1, columns: Int, depth: Int? = nil, _ report: PassReport?) {
    (self.start, self.rows, self.columns, self.depth) = (start, rows, columns, depth ?? rows)
    self.report = report
  }

  /// The number of elements.
  @inlinable
  public var count: Int { rows &* columns }
  /// The indices of all elements, in order.
  @inlinable
  public var indices: Range<Int> { 0..<count }

  /// The element at index `i`, counted over all rows.
  @inlinable
  public subscript(i: Int) -> T {
    if i >= 0, i < count { return start[i] }
    report?.noteOutside(i, count)
    return .zero
  }

  /// The element in row `i` and column `j`.
  @inlinable
  public subscript(i: Int, j: Int) -> T {
    if i >= 0, i < rows, j >= 0, j < columns { return start[i &* columns &+ j] }
    report?.noteOutside(i, j, rows, columns)
    return .zero
  }

  /// The element `[i, j, k]` of a tensor with three axes.
  @inlinable
  public subscript(i: Int, j: Int, k: Int) -> T {
    if i >= 0, i < rows, j >= 0, j < depth, k >= 0, k < columns, i &* depth &+ j < rows {
      return start[(i &* depth &+ j) &* columns &+ k]
    }
    report?.noteOutside(i, j, k, rows, depth, columns)
    return .zero
  }

  /// The elements of row `i`.
  @_lifetime(copy self)
  @inlinable
  public func row(_ i: Int) -> TensorView {
    let isThere = i >= 0 && i < rows
    if !isThere { report?.noteOutside(i, 0, rows, columns) }
    return _overrideLifetime(
      TensorView(unsafe: isThere ? start + i &* columns : start, columns: isThere ? columns : 0, report), copying: self)
  }

  /// Returns the first `rows` × `columns` elements as a matrix; by default all of them.
  @_lifetime(copy self)
  @inlinable
  public func reshaped(rows: Int, columns: Int? = nil) -> TensorView {
    let isWhole = columns == nil
    let columns = columns ?? (rows > 0 ? count / rows : 0)
    let fits = rows > 0 && columns > 0 && rows <= count / columns && (!isWhole || rows &* columns == count)
    if !fits, rows != 0, columns != 0 { report?.noteReshaped(count, rows, columns) }
    return _overrideLifetime(
      TensorView(unsafe: start, rows: fits ? rows : 0, columns: fits ? columns : 0, report), copying: self)
  }

  /// All elements, in order.
  @inlinable
  public var span: Span<T> {
    @_lifetime(copy self)
    get { _overrideLifetime(Span(_unsafeStart: start, count: count), copying: self) }
  }
}

/// A tensor that a layer writes, such as its outputs or a gradient.
///
/// A view borrows memory of the pass and cannot outlive it. Like a pointer, but unlike `MutableSpan`, it can be written through
/// a `let` constant. Writing out of bounds has no effect, except that it ends the pass with an error that names the layer.
public struct MutableTensorView<T: DifferentiableNumber>: ~Escapable {
  @usableFromInline let start: UnsafeMutablePointer<T>
  /// The number of rows: the product of all axes except the last.
  public let rows: Int
  /// The length of the last axis.
  public let columns: Int
  /// The length of the second-to-last axis.
  @usableFromInline let depth: Int
  @usableFromInline let report: PassReport?

  @_lifetime(immortal)
  @inlinable
  init(unsafe start: UnsafeMutablePointer<T>, rows: Int = 1, columns: Int, depth: Int? = nil, _ report: PassReport?) {
    (self.start, self.rows, self.columns, self.depth) = (start, rows, columns, depth ?? rows)
    self.report = report
  }

  /// The number of elements.
  @inlinable
  public var count: Int { rows &* columns }
  /// The indices of all elements, in order.
  @inlinable
  public var indices: Range<Int> { 0..<count }

  /// The element at index `i`, counted over all rows.
  @inlinable
  public subscript(i: Int) -> T {
    get { view[i] }
    nonmutating set {
      if i >= 0, i < count { start[i] = newValue } else { report?.noteOutside(i, count) }
    }
  }

  /// The element in row `i` and column `j`.
  @inlinable
  public subscript(i: Int, j: Int) -> T {
    get { view[i, j] }
    nonmutating set {
      if i >= 0, i < rows, j >= 0, j < columns {
        start[i &* columns &+ j] = newValue
      } else {
        report?.noteOutside(i, j, rows, columns)
      }
    }
  }

  /// The element `[i, j, k]` of a tensor with three axes.
  @inlinable
  public subscript(i: Int, j: Int, k: Int) -> T {
    get { view[i, j, k] }
    nonmutating set {
      if i >= 0, i < rows, j >= 0, j < depth, k >= 0, k < columns, i &* depth &+ j < rows {
        start[(i &* depth &+ j) &* columns &+ k] = newValue
      } else {
        report?.noteOutside(i, j, k, rows, depth, columns)
      }
    }
  }

  /// The elements of row `i`.
  @_lifetime(copy self)
  @inlinable
  public func row(_ i: Int) -> MutableTensorView {
    let isThere = i >= 0 && i < rows
    if !isThere { report?.noteOutside(i, 0, rows, columns) }
    return _overrideLifetime(
      MutableTensorView(unsafe: isThere ? start + i &* columns : start, columns: isThere ? columns : 0, report),
      copying: self)
  }

  /// Returns the first `rows` × `columns` elements as a matrix; by default all of them.
  @_lifetime(copy self)
  @inlinable
  public func reshaped(rows: Int, columns: Int? = nil) -> MutableTensorView {
    let shaped = view.reshaped(rows: rows, columns: columns)
    return _overrideLifetime(
      MutableTensorView(unsafe: start, rows: shaped.rows, columns: shaped.columns, report), copying: self)
  }

  /// A read-only view of the same elements.
  @inlinable
  public var view: TensorView<T> {
    @_lifetime(copy self)
    get {
      _overrideLifetime(
        TensorView(unsafe: start, rows: rows, columns: columns, depth: depth, report), copying: self)
    }
  }

  /// All elements, in order.
  @inlinable
  public var span: MutableSpan<T> {
    @_lifetime(copy self)
    get { _overrideLifetime(MutableSpan(_unsafeStart: start, count: count), copying: self) }
  }
}
