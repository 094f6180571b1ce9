/// A multi-dimensional array of numbers: a value type, contiguous and row-major; the first axis is the batch axis.
///
/// ```swift
/// let x = try Tensor(shape: [4, 2], [0, 0, 0, 1, 1, 0, 1, 1])
/// ```
public struct Tensor: Hashable, Sendable {
  /// The length of every axis, the batch axis first.
  public let shape: [Int]
  /// The numbers, row by row.
  public internal(set) var values: [Float]

  /// Creates a tensor of `shape` with its numbers row by row; throws if their count does not match the shape.
  public init(shape: [Int], _ values: [Float]) throws {
    let count = try shape.elementCount()
    guard count == values.count else {
      throw GliaError(
        "a tensor of shape \(shape) got \(values.count) numbers", expected: "\(count) numbers",
        remedy: "change the shape or the numbers")
    }
    self.shape = shape
    self.values = values
  }

  /// Creates a matrix with one sample per row; throws if the rows differ in length.
  public init(rows: [[Float]]) throws {
    let width = rows.first?.count ?? 0
    if let ragged = rows.firstIndex(where: { $0.count != width }) {
      throw GliaError(
        "row \(ragged) has \(rows[ragged].count) numbers", expected: "\(width), as in row 0",
        remedy: "make all rows the same length")
    }
    try self.init(shape: [rows.count, width], rows.flatMap { $0 })
  }

  /// Creates a result whose shape is known to match.
  init(unchecked shape: [Int], _ values: [Float]) {
    self.shape = shape
    self.values = values
  }

  /// The number of samples: the length of the first axis.
  public var rows: Int { shape.first ?? 0 }
  /// The shape of one sample: all axes except the first.
  public var sampleShape: [Int] { Array(shape.dropFirst()) }
  /// The number of values per sample.
  public var width: Int { rows == 0 ? shape.dropFirst().reduce(1, *) : values.count / rows }

  /// The numbers of sample `index`; empty if the index is out of range.
  public subscript(row index: Int) -> ArraySlice<Float> {
    0..<rows ~= index ? values[index * width..<(index + 1) * width] : []
  }

  /// Returns the samples at `indices`, in that order; throws if an index is out of range.
  public func gathering(_ indices: [Int]) throws -> Tensor {
    try indices.require(below: rows, "sample")
    var gathered: [Float] = []
    gathered.reserveCapacity(indices.count * width)
    for index in indices { gathered.append(contentsOf: self[row: index]) }
    return Tensor(unchecked: [indices.count] + sampleShape, gathered)
  }
}

extension [Int] {
  /// Throws if an index is not from 0 to `count` - 1.
  func require(below count: Int, _ thing: String) throws {
    guard let bad = first(where: { !(0..<count ~= $0) }) else { return }
    throw GliaError("there is no \(thing) \(bad)", expected: "an index from 0 to \(count - 1)")
  }

  /// Returns the number of elements of a tensor of this shape; throws if an axis is negative or too little memory is available.
  public func elementCount() throws -> Int {
    // An axis of 0 must not hide that the others are too long.
    let nonempty = try reduce(1) { product, length in
      let (next, overflow) = product.multipliedReportingOverflow(by: Swift.max(length, 1))
      guard length >= 0, !overflow, next <= 1 << 46 else {
        throw GliaError(
          "a tensor of shape \(self) cannot be created", expected: "axes of 0 or more whose product fits in memory",
          remedy: "use smaller sizes")
      }
      return next
    }
    return contains(0) ? 0 : nonempty
  }
}

extension Tensor: CustomStringConvertible {
  /// The shape and the first few numbers.
  public var description: String {
    let shown = values.prefix(8).map { "\($0)" }.joined(separator: ", ")
    return "Tensor \(shape) [\(shown)\(values.count > 8 ? ", …" : "")]"
  }
}
