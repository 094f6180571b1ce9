/// A feed-forward network: layers, and the numbers they learned.
///
/// ```swift
/// let network = try Network(input: [2], seed: 7) {
///   Dense(4, activation: .tanh)
///   Dense(2, activation: .tanh)
///   Dense(1, activation: .sigmoid)
/// }
/// ```
public struct Network: Sendable {
  /// The shape of one sample of the input.
  public let input: [Int]
  /// The layers, in order.
  public let layers: [any Layer]
  /// All parameters, tensor after tensor.
  public internal(set) var parameters: [Float]
  /// What layers remember beside, such as running means.
  public internal(set) var state: [Float]
  let plan: LayerPlan
  /// Where every tensor lies.
  let places: OrderedMap<TensorPlace>
  private let workspaces = WorkspacePool()
  /// How many samples pass at once: enough to be quick, few enough for the cache.
  static let piece = 256

  /// A network of the given layers with freshly drawn parameters; throws if the shapes do not fit.
  public init(input: [Int], seed: UInt64 = 0, layers: [any Layer]) throws {
    guard !input.isEmpty, input.allSatisfy({ $0 > 0 }) else {
      throw GliaError("input shape \(input)", at: "network.input", expected: "axes of at least 1, such as [2]")
    }
    _ = try GliaError.locating("network.input", input.elementCount)
    plan = try GliaError.locating("network") { try LayerStack.plan(layers, input: input) }
    places = plan.places
    self.input = input
    self.layers = layers.map { $0.resolved() }
    parameters = [Float](repeating: 0, count: plan.parameterCount)
    state = plan.state.flatMap { [Float](repeating: $0.start, count: $0.shape.reduce(1, *)) }
    initialize(seed: seed)
  }

  /// A network of the layers that the block lists; `if`, `for` and `let` may be used.
  public init(input: [Int], seed: UInt64 = 0, @NetworkBuilder _ layers: () throws -> [any Layer]) throws {
    try self.init(input: input, seed: seed, layers: layers())
  }

  /// Draws all parameters anew.
  public mutating func initialize(seed: UInt64) {
    for (index, tensor) in plan.tensors.enumerated() {
      var values = [Float](repeating: 0, count: tensor.range.count)
      var span = values.mutableSpan
      var random = Random(seed: seed, 0, UInt64(index))
      tensor.plan.initializer?.fill(
        &span, shape: tensor.plan.shape, fanIn: tensor.plan.fanIn, fanOut: tensor.plan.fanOut, using: &random)
      parameters.replaceSubrange(tensor.range, with: values)
    }
  }

  /// Refuses samples that the first layer cannot take.
  func check(_ samples: Tensor) throws {
    guard let first = layers.first else { return }
    try GliaError.locating("network.layers.0 (\(type(of: first).name))") { try first.check(samples) }
  }

  /// The shape of one sample of the output.
  public var output: [Int] { plan.output }

  /// The outputs for the samples `x`; throws if their shape is not that of the network's input.
  public func predict(_ x: Tensor) throws -> Tensor {
    try require(samples: x, at: "predict")
    let (rows, width) = (x.rows, plan.outputCount)
    try Memory.require(floats: rows.multipliedReportingOverflow(by: width).partialValue, for: "\(rows) predictions")
    // Pieces begin at the same rows for any number of threads, as a row alone may be summed in another order.
    let pieces = (rows + Self.piece - 1) / Self.piece
    let parts = pieces < 8 ? 1 : min(pieces / 4, Threads.count)
    let borrowed = try workspaces.borrow(parts, for: self, rows: min(rows, Self.piece))
    defer { workspaces.giveBack(borrowed) }
    let values = [Float](unsafeUninitializedCapacity: rows * width) { values, count in
      guard let outputs = values.baseAddress else { return }
      count = rows * width
      Threads.share(parts, nanoseconds: rows * plan.parameterCount / 64) { part in
        let piece = pieces * part / parts * Self.piece..<min(pieces * (part + 1) / parts * Self.piece, rows)
        var state = state
        borrowed[part].predict(
          x.values.span, rows: piece, parameters: parameters.span, state: &state, into: outputs)
      }
    }
    var shape = plan.activityShape
    shape[0] = rows
    return Tensor(unchecked: shape, values)
  }
}

/// Collects the layers of a network from a block with `if`, `for` and `let`.
@resultBuilder
public enum NetworkBuilder {
  /// One layer.
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  /// Several layers at once.
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
  /// The layers of a block.
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap { $0 } }
  /// The layers of an `if` without `else`.
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
  /// The layers of an `if`.
  public static func buildEither(first part: [any Layer]) -> [any Layer] { part }
  /// The layers of an `else`.
  public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
  /// The layers of a `for`.
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap { $0 } }
}
