/// What a layer needs for inputs of one shape, worked out once when the network is built.
public final class LayerPlan: Sendable {
  /// The shape of one sample of the output.
  public let output: [Int]
  /// What the layer learns, its children's included.
  public var parameters: [ParameterPlan] { tensors(\.ownParameters) }
  /// What the layer remembers without learning it by gradient, such as running means; its children's included.
  public var state: [StatePlan] { tensors(\.ownState) }
  /// What the layer saves in the forward pass for the backward pass.
  public let saved: [SavedPlan]
  private let ownParameters: [ParameterPlan]
  private let ownState: [StatePlan]
  /// Where the layer's own tensors lie.
  private let layouts: (parameters: TensorLayouts, state: TensorLayouts, saved: TensorLayouts)
  private let childLabel: String
  /// The penalty on the outputs of a sample, if any; the penalty of a batch is its mean.
  public let activityRegularizer: (any Regularizer)?
  /// The shape of a sample's outputs as a tensor of one row, which is what that penalty sees.
  let activityShape: [Int]
  /// The plans of the layers it holds.
  public let children: [LayerPlan]
  private let isChain: Bool
  /// Where the tensors of these lie among those of the layer.
  let childPlaces: [ChildPlace]
  /// In a chain, the first child that has parameters; the number of children if none has.
  let firstLearning: Int
  /// How many layers it runs, itself included.
  public let layerCount: Int
  /// How many parameters.
  public let parameterCount: Int
  /// How many numbers of state.
  public let stateCount: Int
  /// How many numbers one sample of the output has.
  public let outputCount: Int
  /// How many numbers the layer saves for each sample, its children and their outputs included, and whatever the batch.
  let (savedPerSample, savedFixed): (Int, Int)
  /// The layer that made this, once it is part of a container's plan.
  nonisolated(unsafe) private var layer: PlannedLayer?
  /// What passes ask.
  nonisolated(unsafe) let pass: UnsafeMutablePointer<PassPlan>

  /// A plan; throws if its sizes exceed what memory can hold.
  ///
  /// - Parameters:
  ///   - output: the shape of one sample of the output.
  ///   - parameters: what the layer learns.
  ///   - state: what it remembers from batch to batch.
  ///   - saved: what it saves in the forward pass for the backward pass, or needs room for.
  ///   - activityRegularizer: the penalty on the outputs of a sample, if any.
  ///   - children: the plans of the layers it holds, if it is a ``ContainerLayer``.
  ///   - childLabel: what the names of the children's tensors begin with: `layers` for `layers.0.weight`; if it is empty
  ///     they stay as they are.
  public convenience init(
    output: [Int], parameters: [ParameterPlan] = [], state: [StatePlan] = [], saved: [SavedPlan] = [],
    activityRegularizer: (any Regularizer)? = nil, children: [LayerPlan] = [], childLabel: String = ""
  ) throws {
    try self.init(
      output: output, parameters: parameters, state: state, saved: saved, activityRegularizer: activityRegularizer,
      children: children, childLabel: childLabel, isChain: false)
  }

  init(
    output: [Int], parameters: [ParameterPlan] = [], state: [StatePlan] = [], saved: [SavedPlan] = [],
    activityRegularizer: (any Regularizer)? = nil, children: [LayerPlan], childLabel: String, isChain: Bool
  ) throws {
    self.output = output
    (ownParameters, ownState, self.saved, self.childLabel) = (parameters, state, saved, childLabel)
    (self.activityRegularizer, activityShape) = (activityRegularizer, [1] + output)
    (self.children, self.isChain) = (children, isChain)
    outputCount = try output.elementCount()
    layouts = (
      try TensorLayouts(parameters.map { ($0.name, $0.shape, false) }),
      try TensorLayouts(state.map { ($0.name, $0.shape, false) }),
      try TensorLayouts(saved.map { ($0.name, $0.shape, $0.isPerSample) })
    )
    var end = ChildPlace(
      parameter: layouts.parameters.fixed, state: layouts.state.fixed, savedFixed: layouts.saved.fixed,
      savedPerSample: layouts.saved.perSample)
    var places: [ChildPlace] = []
    for child in children {
      places.append(end)
      end = try end.next(after: child)
    }
    childPlaces = places
    (parameterCount, stateCount) = (end.parameter, end.state)
    layerCount = children.reduce(1) { $0 + $1.layerCount }
    firstLearning = children.firstIndex { $0.parameterCount > 0 } ?? children.count
    savedFixed = end.savedFixed
    // The last outputs of a chain lie outside, and two gradients go back and forth.
    let widestInner = isChain ? children.dropLast().map(\.outputCount).max() ?? 0 : 0
    savedPerSample = try [
      [isChain ? end.savedPerSample - outputCount : end.savedPerSample], [widestInner], [widestInner],
    ].totalCount()
    let list = UnsafeMutablePointer<PassPlan.Child>.allocate(capacity: max(children.count, 1))
    for (index, child) in children.enumerated() {
      (list + index).initialize(to: PassPlan.Child(plan: UnsafePointer(child.pass), place: places[index]))
    }
    pass = .allocate(capacity: 1)
    pass.initialize(
      to: PassPlan(
        parameters: layouts.parameters.table, state: layouts.state.table, saved: layouts.saved.table,
        outputShape: TensorLayout(output), savedPerSample: savedPerSample, savedFixed: savedFixed,
        penalizesActivity: activityRegularizer != nil, isChain: isChain, firstLearning: firstLearning,
        widestInner: widestInner, layer: nil, owner: .passUnretained(self), children: list, childCount: children.count))
    // A training holds its start, its state now and its gradient, an optimizer some more, and a copy to be written.
    try Memory.require(
      floats: parameterCount, for: "a network of \(parameterCount) parameters", share: 0.15,
      remedy: "use fewer units")
  }

  /// The plan with the layer that made it; a plan that another layer made as well is copied.
  func holding(_ layer: some Layer) throws -> LayerPlan {
    guard !isChain else { return self }
    guard self.layer == nil else {
      return try LayerPlan(
        output: output, parameters: ownParameters, state: ownState, saved: saved,
        activityRegularizer: activityRegularizer, children: children, childLabel: childLabel, isChain: false
      ).holding(layer)
    }
    let planned = PlannedLayer.make(layer)
    self.layer = planned
    pass.pointee.layer = .passUnretained(planned)
    return self
  }

  deinit {
    pass.pointee.children.deallocate()
    pass.deallocate()
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
    for (index, child) in children.enumerated() {
      child.collect(own, under: childLabel.isEmpty ? prefix : "\(prefix)\(childLabel).\(index).", into: &all)
    }
  }

  /// How many numbers the layer saves for `batch` samples.
  package func savedCount(batch: Int) -> Int { savedFixed + savedPerSample * batch }

  /// Where the parameters lie.
  @usableFromInline
  var parameterTable: LayoutTable { layouts.parameters.table }

  /// Refuses more layers than any network has; containers ask after each child, for repetitions within repetitions would
  /// take for ever.
  public static func require(layers: Int) throws {
    guard layers > 10_000 else { return }
    throw GliaError("more than 10,000 layers", expected: "at most 10,000 in all", remedy: "repeat fewer layers")
  }
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

/// A tensor that a layer saves in the forward pass for the backward pass, or needs room for in one of them.
public struct SavedPlan: Hashable, Sendable {
  /// Its name within the layer.
  public var name: String
  /// Its shape, without the axis of the samples.
  public var shape: [Int]
  /// Whether there is one of that shape for each sample of the batch.
  public var isPerSample: Bool

  /// A tensor of `shape` for the whole batch.
  public init(_ name: String, shape: [Int]) { (self.name, self.shape, isPerSample) = (name, shape, false) }
  /// A tensor of batch × `shape`.
  public init(_ name: String, perSample shape: [Int]) { (self.name, self.shape, isPerSample) = (name, shape, true) }
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
