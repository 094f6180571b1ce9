/// What a layer needs for inputs of one shape, worked out once when the network is built.
public final class LayerPlan: Sendable {
  /// The shape of one sample of the output.
  public let output: [Int]
  /// What the layer learns, its children's included.
  public var parameters: [ParameterPlan] { tensors(\.ownParameters) }
  /// What the layer remembers without learning it by gradient, such as running means; its children's included.
  public var state: [StatePlan] { tensors(\.ownState) }
  private let ownParameters: [ParameterPlan]
  private let ownState: [StatePlan]
  /// Where each own parameter lies among them, for views that find it by name without an allocation.
  private let placesOfOwn: [ParameterPlace]
  private let label: String?
  /// How many numbers the layer keeps between forward and backward for each sample.
  public let memoryPerSample: Int
  /// How many numbers it keeps whatever the batch size.
  public let memory: Int
  /// The penalty on the outputs of a sample, if any; the penalty of a batch is its mean.
  public let activityRegularizer: (any Regularizer)?
  /// Whether there is one; asked in every step.
  let penalizesActivity: Bool
  /// The shape of a sample's outputs as a tensor of one row, which is what that penalty sees.
  let activityShape: [Int]
  /// The plans of the layers it holds.
  public let children: [LayerPlan]
  /// How many layers it runs, itself included.
  public let layerCount: Int
  /// How many parameters.
  public let parameterCount: Int
  /// How many numbers of state.
  public let stateCount: Int
  /// How many numbers one sample of the output has.
  public let outputCount: Int

  /// A plan; throws if its sizes exceed what memory can hold.
  ///
  /// - Parameters:
  ///   - output: the shape of one sample of the output.
  ///   - parameters: what the layer learns.
  ///   - state: what it remembers.
  ///   - memoryPerSample: how many numbers it keeps between forward and backward for each sample.
  ///   - memory: how many numbers it keeps whatever the batch size.
  ///   - activityRegularizer: the penalty on the outputs of a sample, if any.
  ///   - children: the plans of the layers it holds.
  ///   - label: what the tensors of these follow in their names, after those of the layer itself: `layers` for
  ///     `layers.0.weight`; empty if their names stay, nil if `parameters` and `state` have them already.
  public init(
    output: [Int], parameters: [ParameterPlan] = [], state: [StatePlan] = [], memoryPerSample: Int = 0,
    memory: Int = 0, activityRegularizer: (any Regularizer)? = nil, children: [LayerPlan] = [], label: String? = nil
  ) throws {
    self.output = output
    (ownParameters, ownState, self.label) = (parameters, state, label)
    self.memoryPerSample = memoryPerSample
    self.memory = memory
    placesOfOwn = try ParameterPlace.places(of: parameters)
    self.activityRegularizer = activityRegularizer
    penalizesActivity = activityRegularizer != nil
    activityShape = [1] + output
    self.children = children
    layerCount = children.reduce(1) { $0 + $1.layerCount }
    let named = label == nil ? [] : children
    parameterCount = try (parameters.map(\.shape) + named.map { [$0.parameterCount] }).totalCount()
    stateCount = try (state.map(\.shape) + named.map { [$0.stateCount] }).totalCount()
    outputCount = try output.elementCount()
    // A training holds its start, its state now and its gradient, an optimizer some more, and a copy to be written.
    try Memory.require(
      floats: parameterCount, for: "a network of \(parameterCount) parameters", share: 0.15,
      remedy: "use fewer units")
  }
}

extension LayerPlan {
  /// The layer's tensors and those of its children by their full names, which nothing but this keeps: in nested layers
  /// they are long.
  private func tensors<Plan: TensorPlan>(_ own: KeyPath<LayerPlan, [Plan]>) -> [Plan] {
    var all: [Plan] = []
    collect(own, under: "", into: &all)
    return all
  }

  private func collect<Plan: TensorPlan>(
    _ own: KeyPath<LayerPlan, [Plan]>, under prefix: String, into all: inout [Plan]
  ) {
    for var plan in self[keyPath: own] {
      plan.name = prefix + plan.name
      all.append(plan)
    }
    guard let label else { return }
    for (index, child) in children.enumerated() {
      child.collect(own, under: label.isEmpty ? prefix : "\(prefix)\(label).\(index).", into: &all)
    }
  }

  /// How many numbers the layer keeps for `batch` samples.
  public func memory(batch: Int) -> Int { memory + memoryPerSample * batch }

  /// Refuses more layers than any network has; containers ask after each child, for repetitions within repetitions would
  /// take for ever.
  public static func require(layers: Int) throws {
    guard layers > 10_000 else { return }
    throw GliaError("more than 10,000 layers", expected: "at most 10,000 in all", remedy: "repeat fewer layers")
  }
}

/// Where a parameter lies among those of its layer.
@usableFromInline
struct ParameterPlace: Sendable {
  let name: String
  @usableFromInline let (offset, count): (Int, Int)
  /// The lengths of the last axis, and of the last two together.
  @usableFromInline let (row, matrix): (Int, Int)

  static func places(of parameters: [ParameterPlan]) throws -> [ParameterPlace] {
    var offset = 0
    return try parameters.map { plan in
      let count = try plan.shape.elementCount()
      defer { offset += count }
      return ParameterPlace(
        name: plan.name, offset: offset, count: count, row: plan.shape.last ?? 1,
        matrix: plan.shape.suffix(2).reduce(1, *))
    }
  }
}

extension LayerPlan {
  @usableFromInline
  func place(of name: String) -> ParameterPlace? { placesOfOwn.first { $0.name == name } }
}

private protocol TensorPlan { var name: String { get set } }
extension ParameterPlan: TensorPlan {}
extension StatePlan: TensorPlan {}

/// A tensor that a layer learns.
public struct ParameterPlan: Sendable {
  /// Its name within the layer: `weight`, or `layers.0.weight` inside a container.
  public var name: String
  /// Its shape.
  public var shape: [Int]
  /// How it starts; nil for zeros.
  public var initializer: (any Initializer)?
  /// How many inputs each unit sums over.
  public var fanIn: Int
  /// How many units each input reaches.
  public var fanOut: Int
  /// The penalty on it, if any.
  public var regularizer: (any Regularizer)?
  /// The limit that it keeps, if any.
  public var constraint: (any Constraint)?

  /// A parameter of `shape`; without an initializer it starts at zero.
  public init(
    _ name: String, shape: [Int], initializer: (any Initializer)? = nil, fanIn: Int = 1, fanOut: Int = 1,
    regularizer: (any Regularizer)? = nil, constraint: (any Constraint)? = nil
  ) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
    self.fanIn = fanIn
    self.fanOut = fanOut
    self.regularizer = regularizer
    self.constraint = constraint
  }
}

/// A tensor that a layer remembers without learning it by gradient.
public struct StatePlan: Hashable, Sendable {
  /// Its name within the layer.
  public var name: String
  /// Its shape.
  public var shape: [Int]
  /// The number it is filled with at the start.
  public var start: Float
  /// Whether model files have it; what only a training that goes on needs, such as a count, stands in its checkpoints alone.
  public var isSaved: Bool

  /// A tensor of `shape`, filled with `start`.
  public init(_ name: String, shape: [Int], start: Float = 0, isSaved: Bool = true) {
    self.name = name
    self.shape = shape
    self.start = start
    self.isSaved = isSaved
  }
}

extension [[Int]] {
  /// The elements of tensors of these shapes, all together; throws if that exceeds what memory can hold.
  public func totalCount() throws -> Int {
    try reduce(0) { total, shape in
      let (sum, overflow) = total.addingReportingOverflow(try shape.elementCount())
      guard !overflow else { throw GliaError("the sizes \(self) exceed what can be counted") }
      return sum
    }
  }
}
