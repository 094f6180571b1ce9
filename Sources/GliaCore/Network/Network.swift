import OrderedCollections

/// A feed-forward network: its layers and their learned parameters.
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
  /// The non-trainable state of the layers, such as running means.
  public internal(set) var state: [Float]
  package let plan: LayerPlan
  /// The location of every tensor.
  let places: OrderedDictionary<String, TensorPlace>
  private let workspaces = WorkspacePool()
  /// The number of samples per pass: enough for speed, but few enough for the cache, and for memory if layers are wide.
  static func piece(_ plan: LayerPlan) -> Int {
    max(min(mostNumbers / max(plan.savedPerSample + plan.outputCount, 1), 256), 1)
  }
  private static let mostNumbers = 1 << 26

  /// Creates a network of the given layers with newly drawn parameters; throws if the shapes do not fit.
  public init(input: [Int], seed: UInt64 = 0, layers: [any Layer]) throws {
    try self.init(undrawn: layers, input: input)
    initialize(seed: seed)
  }

  /// Creates a network from its tensors; throws if shapes do not fit, or a tensor is missing, superfluous or not finite.
  init(input: [Int], layers: [any Layer], tensors: [(name: String, tensor: Tensor)]) throws {
    try self.init(undrawn: layers, input: input)
    try setAll(tensors)
  }

  init(undrawn layers: [any Layer], input: [Int]) throws {
    try Machine.checkKernels()
    guard !input.isEmpty, input.allSatisfy({ $0 > 0 }) else {
      throw GliaError("input shape \(input)", at: "network.input", expected: "axes of at least 1, such as [2]")
    }
    _ = try GliaError.locating("network.input", input.elementCount)
    plan = try GliaError.locating("network") {
      try layers.checkNesting()
      return try LayerPlan.chain(layers, input: input)
    }
    places = try plan.places()
    self.input = input
    self.layers = layers.map { $0.resolved() }
    parameters = [Float](repeating: 0, count: plan.parameterCount)
    state = plan.state.flatMap { [Float](repeating: $0.start, count: $0.shape.reduce(1, *)) }
  }

  /// Creates a network of the layers listed in the block, which may use `if`, `for` and `let`.
  public init(input: [Int], seed: UInt64 = 0, @NetworkBuilder _ layers: () throws -> [any Layer]) throws {
    try self.init(input: input, seed: seed, layers: layers())
  }

  /// Draws all parameters again.
  public mutating func initialize(seed: UInt64) {
    let tensors = plan.tensors
    parameters.withUnsafeMutableBufferPointer { parameters in
      guard let start = parameters.baseAddress else { return }
      start.update(repeating: 0, count: parameters.count)
      for (index, tensor) in tensors.enumerated() {
        var span = MutableSpan(_unsafeStart: start + tensor.range.lowerBound, count: tensor.range.count)
        var random = Random(seed: seed, 0, UInt64(index))
        tensor.plan.initializer?.fill(
          &span, shape: tensor.plan.shape, fanIn: tensor.plan.fanIn, fanOut: tensor.plan.fanOut, using: &random)
      }
    }
  }

  /// Throws if the first layer does not accept the samples.
  func checkInputs(_ samples: Tensor) throws {
    guard let first = layers.first else { return }
    try GliaError.locating("network.layers.0 (\(type(of: first).name))") { try first.checkInputs(samples) }
  }

  /// The shape of one sample of the output.
  public var output: [Int] { plan.output }

  /// Returns the outputs for the samples `x`; throws if their shape is not the network's input shape.
  public func predict(_ x: Tensor) throws -> Tensor {
    try require(samples: x, at: "predict")
    let rows = x.rows
    var shape = plan.activityShape
    shape[0] = rows
    let total = try Memory.require(
      shape, for: "\(rows) predictions of \(plan.outputCount) numbers", share: 0.2,
      remedy: "predict fewer samples at once")
    // Pieces start at the same rows for any number of threads, because a single row may be summed in a different order.
    let size = Self.piece(plan)
    let pieces = (rows - 1) / size + 1
    let parts = pieces < 8 ? 1 : min(pieces / 4, Threads.count)
    let borrowed = try workspaces.borrow(parts, for: self, rows: min(rows, size))
    defer { workspaces.giveBack(borrowed) }
    let values = [Float](unsafeUninitializedCapacity: total) { values, count in
      guard let outputs = values.baseAddress else { return }
      count = total
      x.values.withUnsafeBufferPointer { inputs in
        guard let inputs = inputs.baseAddress else { return }
        Threads.share(parts, nanoseconds: rows * plan.parameterCount / 64) { part in
          let piece = pieces * part / parts * size..<min(pieces * (part + 1) / parts * size, rows)
          var state = state
          borrowed[part].predict(inputs, rows: piece, parameters: parameters, state: &state, into: outputs)
        }
      }
    }
    for workspace in borrowed { try workspace.report.check() }
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
