/// The requirements of a layer for inputs of one shape, computed once when the network is built.
public final class LayerPlan: Sendable {
  /// The shape of one sample of the output.
  public let output: [Int]
  /// The trainable parameters, including those of the children.
  public var parameters: [ParameterPlan] { tensors(\.ownParameters) }
  /// The non-trainable state, such as running means, including that of the children.
  public var state: [StatePlan] { tensors(\.ownState) }
  /// The tensors that the layer saves in the forward pass for the backward pass.
  public let saved: [SavedPlan]
  private let ownParameters: [ParameterPlan]
  private let ownState: [StatePlan]
  /// Where the layer's own tensors lie.
  private let layouts: (parameters: TensorLayouts, state: TensorLayouts, saved: TensorLayouts)
  private let childLabel: String
  /// The penalty on the outputs of a sample, if any; the penalty of a batch is the mean.
  public let activityRegularizer: (any Regularizer)?
  /// The shape of a sample's outputs as a tensor of one row, as the activity regularizer sees it.
  let activityShape: [Int]
  /// The plans of the contained layers.
  public let children: [LayerPlan]
  let isChain: Bool
  /// Where the children's tensors lie among those of the layer.
  let childPlaces: [ChildPlace]
  /// In a chain, the index of the first child with parameters; the number of children if none has any.
  let firstLearning: Int
  /// The number of layers that it runs, including itself.
  public let layerCount: Int
  /// The number of parameters.
  public let parameterCount: Int
  /// The number of values of state.
  public let stateCount: Int
  /// The number of values in one sample of the output.
  public let outputCount: Int
  /// The numbers that the layer saves per sample and per batch, including those of its children and their outputs.
  let (savedPerSample, savedFixed): (Int, Int)
  /// The layer that made this plan, once it is part of a container's plan.
  nonisolated(unsafe) private var layer: PlannedLayer?
  /// The data that passes read.
  nonisolated(unsafe) let pass: UnsafeMutablePointer<PassPlan>

  /// Creates a plan; throws if its sizes exceed the available memory.
  ///
  /// - Parameters:
  ///   - output: the shape of one sample of the output.
  ///   - parameters: the trainable parameters.
  ///   - state: the non-trainable state, which persists from batch to batch.
  ///   - saved: the tensors saved in the forward pass for the backward pass, or used as scratch memory.
  ///   - activityRegularizer: the penalty on the outputs of a sample, if any.
  ///   - children: the plans of the contained layers, if it is a ``ContainerLayer``.
  ///   - childLabel: the prefix of the names of the children's tensors: `layers` for `layers.0.weight`; if empty, the names are
  ///     not changed.
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
    // The last outputs of a chain lie outside, and the gradients alternate between two buffers.
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
    // Training holds the initial and current parameters and the gradient, the optimizer's state, and a copy for writing files.
    try Memory.require(
      floats: parameterCount, for: "a network of \(parameterCount) parameters", share: 0.15,
      remedy: "use fewer units")
  }

  /// Returns the plan together with the layer that made it; a plan that belongs to another layer already is copied.
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
  /// Returns the layer's tensors and those of its children under their full names, which are stored nowhere else because they
  /// are long in nested layers.
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
      child.collect(own, under: prefix + childPrefix(index), into: &all)
    }
  }

  /// Returns what precedes the names of the tensors of child `index`: `layers.0.`, or nothing if names are not changed.
  package func childPrefix(_ index: Int) -> String { childLabel.isEmpty ? "" : "\(childLabel).\(index)." }

  /// The layer that made the plan; nil for a sequence of layers.
  package var madeBy: (any Layer)? { layer?.wrapped }

  /// Returns how many numbers the layer saves for `batch` samples.
  package func savedCount(batch: Int) -> Int { savedFixed + savedPerSample * batch }

  /// Where the parameters lie.
  @usableFromInline
  var parameterTable: LayoutTable { layouts.parameters.table }

  /// Throws if there are more layers than any real network has; containers call this after each child, because nested
  /// repetitions would take forever.
  public static func require(layers: Int) throws {
    guard layers > 10_000 else { return }
    throw GliaError("more than 10,000 layers", expected: "at most 10,000 in all", remedy: "repeat fewer layers")
  }
}

private protocol TensorPlan { var name: String { get set } }
extension ParameterPlan: TensorPlan {}
extension StatePlan: TensorPlan {}

/// A trainable tensor of a layer.
public struct ParameterPlan: Sendable {
  /// Its name within the layer: `weight`, or `layers.0.weight` inside a container.
  public var name: String
  /// Its shape.
  public var shape: [Int]
  /// Sets its initial values; nil for zeros.
  public var initializer: (any Initializer)?
  /// The number of inputs that each unit sums over.
  public var fanIn: Int
  /// The number of units that each input reaches.
  public var fanOut: Int
  /// The penalty on it, if any.
  public var regularizer: (any Regularizer)?
  /// The constraint on it, if any.
  public var constraint: (any Constraint)?

  /// Creates a parameter of `shape`; without an initializer it starts at zero.
  ///
  /// By default the first axis counts the units and the others their inputs, as in `[units, inputs]`; a vector has fans of 1.
  public init(
    _ name: String, shape: [Int], initializer: (any Initializer)? = nil, fanIn: Int? = nil, fanOut: Int? = nil,
    regularizer: (any Regularizer)? = nil, constraint: (any Constraint)? = nil
  ) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
    let inputs = shape.dropFirst().reduce(1) { $0.multipliedReportingOverflow(by: max($1, 1)).partialValue }
    self.fanIn = fanIn ?? (shape.count > 1 ? max(inputs, 1) : 1)
    self.fanOut = fanOut ?? (shape.count > 1 ? max(shape[0], 1) : 1)
    self.regularizer = regularizer
    self.constraint = constraint
  }
}

/// A non-trainable tensor that a layer keeps between batches.
public struct StatePlan: Hashable, Sendable {
  /// Its name within the layer.
  public var name: String
  /// Its shape.
  public var shape: [Int]
  /// The value that it is initially filled with.
  public var start: Float
  /// Whether model files include it; what only a resumed training needs, such as a counter, is saved in checkpoints only.
  public var isSaved: Bool

  /// Creates a tensor of `shape`, filled with `start`.
  public init(_ name: String, shape: [Int], start: Float = 0, isSaved: Bool = true) {
    self.name = name
    self.shape = shape
    self.start = start
    self.isSaved = isSaved
  }
}

/// A tensor that a layer saves in the forward pass for the backward pass, or uses as scratch memory in one of them.
public struct SavedPlan: Hashable, Sendable {
  /// Its name within the layer.
  public var name: String
  /// Its shape, without the batch axis.
  public var shape: [Int]
  /// Whether there is one of that shape for each sample of the batch.
  public var isPerSample: Bool

  /// Creates a tensor of `shape` for the whole batch.
  public init(_ name: String, shape: [Int]) { (self.name, self.shape, isPerSample) = (name, shape, false) }
  /// Creates a tensor of batch × `shape`.
  public init(_ name: String, perSample shape: [Int]) { (self.name, self.shape, isPerSample) = (name, shape, true) }
}

extension [[Int]] {
  /// Returns the total number of elements of tensors of these shapes; throws if it exceeds the available memory.
  public func totalCount() throws -> Int {
    try reduce(0) { total, shape in
      let (sum, overflow) = total.addingReportingOverflow(try shape.elementCount())
      guard !overflow else { throw GliaError("the total size of \(self) is too large") }
      return sum
    }
  }
}
