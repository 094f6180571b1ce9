/// The tensors of a layer by the names that its plan gives them, to be read.
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

  /// The tensor `name`.
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

/// The tensors of a layer by the names that its plan gives them, to be written.
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

  /// The tensor `name`.
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

/// Where a layer's tensors of one kind lie in the memory that they share.
final class TensorLayouts: Sendable {
  /// How many numbers they take for each sample, and how many whatever the batch.
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

  /// What passes use, without counting references in the training step.
  var table: LayoutTable {
    LayoutTable(
      entries: entries, count: names.count, fixed: fixed, perSample: perSample, owner: Unmanaged.passUnretained(self))
  }
}

/// The layouts of a layer's tensors of one kind, to be found by name.
@usableFromInline
struct LayoutTable {
  fileprivate typealias Entry = (bits: SIMD2<UInt64>, layout: TensorLayout)
  fileprivate let entries: UnsafePointer<Entry>
  @usableFromInline let count: Int
  fileprivate let (fixed, perSample): (Int, Int)
  fileprivate let owner: Unmanaged<TensorLayouts>

  /// How many numbers all tensors have.
  fileprivate func total(_ batch: Int) -> Int { fixed &+ perSample &* batch }

  /// The bits of a string: strings of equal bits are equal, and short strings of other bits differ.
  fileprivate static func bits(_ name: String) -> SIMD2<UInt64> {
    guard MemoryLayout<String>.size == MemoryLayout<SIMD2<UInt64>>.size else { return SIMD2(repeating: .max) }
    return unsafeBitCast(name, to: SIMD2<UInt64>.self)
  }

  /// The layout of the tensor at place `index`.
  subscript(index: Int) -> TensorLayout? { index < count ? entries[index].layout : nil }

  /// The place in the whole array of the number that tensor `index` has for feature `j`, or for all features.
  @usableFromInline
  func place(_ index: Int, of j: Int) -> Int {
    let layout = entries[index].layout
    return layout.fixedOffset &+ (layout.columns == 1 ? 0 : j)
  }

  /// The layout of the tensor `name`; that of no numbers if there is none.
  @usableFromInline
  func find(_ name: String, _ report: PassReport?) -> TensorLayout {
    index(of: name, report).map { entries[$0].layout } ?? .empty
  }

  /// The index of the tensor `name`.
  @usableFromInline
  func index(of name: String, _ report: PassReport?) -> Int? {
    let bits = Self.bits(name)
    for index in 0..<count where entries[index].bits == bits { return index }
    return search(name, report)
  }

  @inline(never)
  private func search(_ name: String, _ report: PassReport?) -> Int? {
    if let index = owner.takeUnretainedValue().names.firstIndex(of: name) { return index }
    report?.note("'\(name)', which its plan does not have")
    return nil
  }
}

/// Where a tensor lies: a part that grows with the batch, and one that does not.
@usableFromInline
struct TensorLayout: Sendable {
  @usableFromInline let (fixedOffset, offsetPerSample): (Int, Int)
  @usableFromInline let (fixedRows, rowsPerSample): (Int, Int)
  @usableFromInline let columns: Int
  /// The length of the axis before the last; 0 where that is the batch.
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

  // The sizes for the largest batch were counted when its memory was taken: none of these can overflow.
  @inlinable
  func offset(_ batch: Int) -> Int { fixedOffset &+ offsetPerSample &* batch }
  @inlinable
  func rows(_ batch: Int) -> Int { fixedRows &+ rowsPerSample &* batch }
  @inlinable
  func depth(_ batch: Int) -> Int { fixedDepth == 0 ? batch : fixedDepth }
}
