/// An array of numbers with a shape: a value, contiguous and row-major; the first axis counts samples.
///
/// ```swift
/// let x = try Tensor(shape: [4, 2], [0, 0, 0, 1, 1, 0, 1, 1])
/// ```
public struct Tensor: Hashable, Sendable {
  /// The length of every axis, the samples first.
  public let shape: [Int]
  /// The numbers, row by row.
  public internal(set) var values: [Float]

  /// A tensor of `shape` with its numbers row by row; throws unless there are as many as the shape says.
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

  /// A matrix with one sample a row; throws unless all rows are equally long.
  public init(rows: [[Float]]) throws {
    let width = rows.first?.count ?? 0
    if let ragged = rows.firstIndex(where: { $0.count != width }) {
      throw GliaError(
        "row \(ragged) has \(rows[ragged].count) numbers", expected: "\(width), as row 0 has",
        remedy: "make all rows equally long")
    }
    try self.init(shape: [rows.count, width], rows.flatMap { $0 })
  }

  /// For results whose shape is known to fit.
  init(unchecked shape: [Int], _ values: [Float]) {
    self.shape = shape
    self.values = values
  }

  /// How many samples: the length of the first axis.
  public var rows: Int { shape.first ?? 0 }
  /// The shape of one sample: all axes but the first.
  public var sampleShape: [Int] { Array(shape.dropFirst()) }
  /// How many numbers a sample has.
  public var width: Int { rows == 0 ? sampleShape.reduce(1, *) : values.count / rows }

  /// The numbers of sample `index`; empty if there is no such sample.
  public subscript(row index: Int) -> ArraySlice<Float> {
    0..<rows ~= index ? values[index * width..<(index + 1) * width] : []
  }

  /// The samples at `indices`, in their order; throws if there is no such sample.
  public func gathering(_ indices: [Int]) throws -> Tensor {
    try indices.require(below: rows, "sample")
    var gathered: [Float] = []
    gathered.reserveCapacity(indices.count * width)
    for index in indices { gathered.append(contentsOf: self[row: index]) }
    return Tensor(unchecked: [indices.count] + sampleShape, gathered)
  }
}

extension [Int] {
  /// Refuses an index that is not one of `count` things, counted from 0.
  func require(below count: Int, _ thing: String) throws {
    guard let bad = first(where: { !(0..<count ~= $0) }) else { return }
    throw GliaError("there is no \(thing) \(bad)", expected: "an index from 0 to \(count - 1)")
  }

  /// The number of elements of a tensor of this shape; throws if an axis is negative or the product exceeds memory.
  public func elementCount() throws -> Int {
    try reduce(1) { product, length in
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflow, next <= 1 << 46 else {
        throw GliaError(
          "a tensor of shape \(self) cannot be made", expected: "axes of 0 or more whose product fits into memory",
          remedy: "use smaller sizes")
      }
      return next
    }
  }
}

extension Tensor: CustomStringConvertible {
  /// The shape and the first few numbers.
  public var description: String {
    let shown = values.prefix(8).map { "\($0)" }.joined(separator: ", ")
    return "Tensor \(shape) [\(shown)\(values.count > 8 ? ", …" : "")]"
  }
}
