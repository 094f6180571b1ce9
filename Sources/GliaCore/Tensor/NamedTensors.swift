/// Read-only access to the tensors of a layer by the names in its plan.
public struct NamedTensors<T: DifferentiableNumber>: ~Escapable {
  @usableFromInline let start: UnsafePointer<T>
  @usableFromInline let places: LayoutTable
  @usableFromInline let batch: Int
  @usableFromInline let report: PassReport?

  @_lifetime(immortal)
  @inlinable
  init(unsafe start: UnsafePointer<T>, _ places: LayoutTable, batch: Int, _ report: PassReport?) {
    (self.start, self.places, self.batch, self.report) = (start, places, batch, report)
  }

  /// All their numbers, one tensor after the other.
  @usableFromInline
  var all: TensorView<T> {
    @_lifetime(copy self)
    get { _overrideLifetime(TensorView(unsafe: start, columns: places.total(batch), report), copying: self) }
  }

  /// The tensor with the given name.
  @inlinable
  public subscript(name: String) -> TensorView<T> {
    @_lifetime(copy self)
    get {
      let place = places.find(name, report)
      let view = TensorView(
        unsafe: start + place.offset(batch), rows: place.rows(batch), columns: place.columns, depth: place.depth(batch),
        report)
      return _overrideLifetime(view, copying: self)
    }
  }
}

/// Mutable access to the tensors of a layer by the names in its plan.
public struct MutableNamedTensors<T: DifferentiableNumber>: ~Escapable {
  @usableFromInline let start: UnsafeMutablePointer<T>
  @usableFromInline let places: LayoutTable
  @usableFromInline let batch: Int
  @usableFromInline let report: PassReport?

  @_lifetime(immortal)
  @inlinable
  init(unsafe start: UnsafeMutablePointer<T>, _ places: LayoutTable, batch: Int, _ report: PassReport?) {
    (self.start, self.places, self.batch, self.report) = (start, places, batch, report)
  }

  /// All their numbers, one tensor after the other.
  @usableFromInline
  var all: MutableTensorView<T> {
    @_lifetime(copy self)
    get { _overrideLifetime(MutableTensorView(unsafe: start, columns: places.total(batch), report), copying: self) }
  }

  /// The tensor with the given name.
  @inlinable
  public subscript(name: String) -> MutableTensorView<T> {
    @_lifetime(copy self)
    get {
      let place = places.find(name, report)
      let view = MutableTensorView(
        unsafe: start + place.offset(batch), rows: place.rows(batch), columns: place.columns, depth: place.depth(batch),
        report)
      return _overrideLifetime(view, copying: self)
    }
  }
}

/// The layout of a layer's tensors of one kind in the memory that they share.
final class TensorLayouts: Sendable {
  /// The numbers they take per sample, and those independent of the batch.
  let (perSample, fixed): (Int, Int)
  fileprivate let names: [String]
  nonisolated(unsafe) private let entries: UnsafeMutablePointer<LayoutTable.Entry>

  convenience init(_ tensors: [(name: String, shape: [Int], isPerSample: Bool)]) throws {
    var (layouts, fixed, perSample): ([TensorLayout], Int, Int) = ([], 0, 0)
    for (_, shape, isPerSample) in tensors {
      let count = try shape.elementCount()
      layouts.append(TensorLayout(shape, isPerSample: isPerSample, fixed: fixed, perSample: perSample))
      if isPerSample {
        perSample = try [[perSample], [count]].totalCount()
      } else {
        fixed = try [[fixed], [count]].totalCount()
      }
    }
    self.init(names: tensors.map(\.name), layouts, fixed: fixed, perSample: perSample)
  }

  init(names: [String], _ layouts: [TensorLayout], fixed: Int = 0, perSample: Int = 0) {
    (self.names, self.fixed, self.perSample) = (names, fixed, perSample)
    entries = .allocate(capacity: max(names.count, 1))
    for (index, layout) in layouts.enumerated() {
      (entries + index).initialize(to: (LayoutTable.bits(names[index]), layout))
    }
  }

  deinit { entries.deallocate() }

  /// The layouts for passes, without reference counting in the training step.
  var table: LayoutTable {
    LayoutTable(
      entries: entries, count: names.count, fixed: fixed, perSample: perSample, owner: Unmanaged.passUnretained(self))
  }
}

/// The layouts of a layer's tensors of one kind, by name.
@usableFromInline
struct LayoutTable {
  fileprivate typealias Entry = (bits: SIMD2<UInt64>, layout: TensorLayout)
  fileprivate let entries: UnsafePointer<Entry>
  @usableFromInline let count: Int
  fileprivate let (fixed, perSample): (Int, Int)
  fileprivate let owner: Unmanaged<TensorLayouts>

  /// Returns the number of elements of all tensors.
  fileprivate func total(_ batch: Int) -> Int { fixed &+ perSample &* batch }

  /// Returns the bits of a string: strings with equal bits are equal, and different short strings have different bits.
  fileprivate static func bits(_ name: String) -> SIMD2<UInt64> {
    guard MemoryLayout<String>.size == MemoryLayout<SIMD2<UInt64>>.size else { return SIMD2(repeating: .max) }
    return unsafeBitCast(name, to: SIMD2<UInt64>.self)
  }

  /// The layout of tensor number `index`.
  subscript(index: Int) -> TensorLayout? { index < count ? entries[index].layout : nil }

  /// Returns the index in the shared memory of the number that tensor `index` has for feature `j`, or for all features.
  @usableFromInline
  func place(_ index: Int, of j: Int) -> Int {
    let layout = entries[index].layout
    return layout.fixedOffset &+ (layout.columns == 1 ? 0 : j)
  }

  /// Returns the layout of the tensor `name`; an empty one if it does not exist.
  @usableFromInline
  func find(_ name: String, _ report: PassReport?) -> TensorLayout {
    let bits = Self.bits(name)
    for index in 0..<count where entries[index].bits == bits { return entries[index].layout }
    return search(name, report).map { entries[$0].layout } ?? .empty
  }

  /// Returns the index of the tensor `name`.
  @usableFromInline
  func index(of name: String, _ report: PassReport?) -> Int? {
    let bits = Self.bits(name)
    for index in 0..<count where entries[index].bits == bits { return index }
    return search(name, report)
  }

  @inline(never)
  private func search(_ name: String, _ report: PassReport?) -> Int? {
    if let index = owner.takeUnretainedValue().names.firstIndex(of: name) { return index }
    report?.note("'\(name)', which is not in its plan")
    return nil
  }
}

/// The layout of a tensor: one part is proportional to the batch size, the other fixed.
@usableFromInline
struct TensorLayout: Sendable {
  @usableFromInline let (fixedOffset, offsetPerSample): (Int, Int)
  @usableFromInline let (fixedRows, rowsPerSample): (Int, Int)
  @usableFromInline let columns: Int
  /// The length of the second-to-last axis; 0 if that is the batch axis.
  @usableFromInline let fixedDepth: Int

  @usableFromInline
  init(_ shape: [Int], isPerSample: Bool = true, fixed: Int = 0, perSample: Int = 0) {
    (fixedOffset, offsetPerSample) = (fixed, perSample)
    columns = shape.last ?? 1
    let rows = shape.dropLast().reduce(1, &*)
    (fixedRows, rowsPerSample) = isPerSample ? (0, rows) : (rows, 0)
    fixedDepth = shape.dropLast().last ?? (isPerSample ? 0 : 1)
  }

  @usableFromInline static let empty = TensorLayout([0])

  // The sizes for the largest batch were checked when its memory was allocated: none of these can overflow.
  @inlinable
  func offset(_ batch: Int) -> Int { fixedOffset &+ offsetPerSample &* batch }
  @inlinable
  func rows(_ batch: Int) -> Int { fixedRows &+ rowsPerSample &* batch }
  @inlinable
  func depth(_ batch: Int) -> Int { fixedDepth == 0 ? batch : fixedDepth }
}
