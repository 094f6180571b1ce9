import GliaCore
import GliaInitializers

/// Replaces some inputs, which are indices of categories, by learned vectors, and passes the others on.
///
/// Outputs are the other inputs in their order, then the vectors in the order of `columns`. Parameters: for each column i,
/// `weight_i` of shape `[values, units]`. An input that is not a valid index is rejected before training; if noise later makes
/// one invalid, its vector is NaN. The gradient with respect to an index is zero.
///
/// The preprocessor `embedding` puts this layer before a network; it is rarely written by hand.
///
/// Source: Guo and Berkhahn, "Entity embeddings of categorical variables" (2016).
public struct EntityEmbedding: Layer {
  /// An input that is replaced.
  public struct Column: Codable, Hashable, Sendable {
    /// The place among the inputs, from 0.
    public var place: Int
    /// The number of indices; valid ones are 0 to `values` - 1.
    public var values: Int
    /// The length of each vector.
    public var units: Int

    /// Creates a column.
    public init(place: Int, values: Int, units: Int) { (self.place, self.values, self.units) = (place, values, units) }
  }

  public static let name = "entity_embedding"
  public static let summary = "learned vectors for inputs that are indices of categories"
  public static var examples: [JSON] {
    [["columns": [["place": 1, "values": 3, "units": 2]]]]
  }
  /// The inputs that are replaced.
  @Required public var columns: [Column] = []
  /// Initializer of the weights.
  @Part public var initializer: any Initializer = RandomUniform()
  /// Regularizer applied to the weights.
  @Part public var regularizer: (any Regularizer)? = nil

  /// Creates an embedding without columns; set `columns` before use.
  public init() {}
  /// Creates an embedding of the given columns.
  public init(
    _ columns: [Column], initializer: some Initializer = .randomUniform(), regularizer: (any Regularizer)? = nil
  ) {
    self.columns = columns
    (self.initializer, self.regularizer) = (initializer, regularizer)
  }

  public func validate() throws {
    try require(!columns.isEmpty, "columns", "[]", expected: "at least one column")
    for (index, column) in columns.enumerated() {
      let isRight = column.place >= 0 && column.values >= 1 && column.units >= 1
      try require(
        isRight, "columns.\(index)", "place \(column.place), values \(column.values), units \(column.units)",
        expected: "a place of at least 0, and at least 1 value and unit")
    }
    try require(
      Set(columns.map(\.place)).count == columns.count, "columns", columns.map(\.place), expected: "different places")
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    let width = try input.elementCount()
    for (index, column) in columns.enumerated() where column.place >= width {
      throw GliaError(
        "place \(column.place) of \(width.counted("input"))", at: "columns.\(index).place",
        expected: "at most \(width - 1)")
    }
    let (units, overflow) = columns.reduce((0, false)) { sum, column in
      let (next, over) = sum.0.addingReportingOverflow(column.units)
      return (next, sum.1 || over)
    }
    guard !overflow, units < 1 << 40 else { throw GliaError("\(units) units", at: "columns", expected: "fewer units") }
    return try LayerPlan(
      output: [width - columns.count + units],
      parameters: columns.enumerated().map { index, column in
        ParameterPlan(
          "weight_\(index)", shape: [column.values, column.units], initializer: initializer, fanIn: column.values,
          fanOut: column.units, regularizer: regularizer)
      })
  }

  public func checkInputs(_ samples: Tensor) throws {
    for column in columns where column.place < samples.width {
      let row = (0..<samples.rows).first { row in
        column.index(samples.values[row * samples.width + column.place]) == nil
      }
      guard let row else {
        continue
      }
      throw GliaError(
        "input \(column.place) of sample \(row) is not a valid index", at: "columns",
        expected: "whole numbers from 0 to \(column.values - 1)",
        remedy: "do not scale categories: \"standardize\" applies to them, too; use the preprocessor standardize")
    }
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let x = x.reshaped(rows: context.batch)
    for i in 0..<x.rows {
      let (from, to) = (x.row(i), y.row(i))
      var start = 0
      for place in 0..<x.columns where !replaces(place) {
        to[start] = from[place]
        start += 1
      }
      for (index, column) in columns.enumerated() {
        let weight = context.parameters["weight_\(index)"]
        if let value = column.index(from[column.place]) {
          for unit in 0..<column.units { to[start + unit] = weight[value, unit] }
        } else {
          for unit in 0..<column.units { to[start + unit] = .nan }
        }
        start += column.units
      }
    }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let x = context.x.reshaped(rows: context.batch)
    let dx = dx.reshaped(rows: context.batch)
    dx.fill(0)
    var start = 0
    for place in 0..<x.columns where !replaces(place) {
      for i in 0..<x.rows { dx[i, place] = dy[i, start] }
      start += 1
    }
    for (index, column) in columns.enumerated() {
      let dw = context.gradients["weight_\(index)"]
      dw.fill(0)
      for i in 0..<x.rows {
        guard let value = column.index(x[i, column.place]) else { continue }
        for unit in 0..<column.units { dw[value, unit] += dy[i, start + unit] }
      }
      start += column.units
    }
  }

  /// Whether the input at `place` is replaced.
  private func replaces(_ place: Int) -> Bool { columns.contains { $0.place == place } }

  public func dependencies(inputs: Int) -> [[Int]]? {
    (0..<inputs).filter { !replaces($0) }.map { [$0] }
      + columns.flatMap { column in Array(repeating: [column.place], count: column.units) }
  }

  public var detail: String { columns.map { "\($0.values) values to \($0.units)" }.joined(separator: ", ") }
}

extension EntityEmbedding.Column {
  /// The row of the weight for an input; nil if the input is not a valid index.
  fileprivate func index(_ input: Float) -> Int? {
    Int(exactly: input).flatMap { (0..<values).contains($0) ? $0 : nil }
  }
}
