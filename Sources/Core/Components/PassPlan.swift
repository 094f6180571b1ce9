/// What passes ask of a layer's plan, at an address of its own: a pass follows no references that are counted.
@usableFromInline
struct PassPlan {
  @usableFromInline let parameters, state, saved: LayoutTable
  let outputShape: TensorLayout
  /// How many numbers the layer saves for each sample, and whatever the batch.
  let savedPerSample, savedFixed: Int
  let penalizesActivity: Bool
  /// Whether the children follow one another.
  let isChain: Bool
  /// In a chain, the first child that has parameters; the number of children if none has.
  let firstLearning: Int
  /// In a chain, the numbers in a sample of the widest output but the last.
  let widestInner: Int
  /// The layer that made the plan; nil for a chain.
  var layer: Unmanaged<PlannedLayer>?
  /// The plan, which owns this.
  let owner: Unmanaged<LayerPlan>
  let children: UnsafeMutablePointer<Child>
  let childCount: Int

  /// A child's plan, and where its tensors lie among those of the container.
  struct Child {
    let plan: UnsafePointer<PassPlan>
    let place: ChildPlace
  }

  /// How many numbers the layer saves for `batch` samples.
  func savedCount(batch: Int) -> Int { savedFixed &+ savedPerSample &* batch }

  /// Whether there is a child `index`; that there is none is a fault.
  func hasChild(_ index: Int, _ report: PassReport) -> Bool {
    if index >= 0, index < childCount { return true }
    report.note("child \(index) of \(childCount)")
    return false
  }
}

/// Where the tensors of a container's child lie among those of the container.
struct ChildPlace: Sendable {
  let parameter, state, savedFixed, savedPerSample: Int

  /// The place after `child` and its outputs.
  func next(after child: LayerPlan) throws -> ChildPlace {
    try ChildPlace(
      parameter: [[parameter], [child.parameterCount]].totalCount(),
      state: [[state], [child.stateCount]].totalCount(), savedFixed: [[savedFixed], [child.savedFixed]].totalCount(),
      savedPerSample: [[savedPerSample], [child.savedPerSample], [child.outputCount]].totalCount())
  }

  /// Where what the child saves begins.
  func saved(_ batch: Int) -> Int { savedFixed &+ savedPerSample &* batch }
}
