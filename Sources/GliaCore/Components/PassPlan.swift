/// The data of a layer's plan that passes read, at an address of its own so that no references are counted.
@usableFromInline
struct PassPlan {
  @usableFromInline let parameters, state, saved: LayoutTable
  let outputShape: TensorLayout
  /// The numbers that the layer saves per sample and per batch.
  let savedPerSample, savedFixed: Int
  let penalizesActivity: Bool
  /// Whether the children run in sequence.
  let isChain: Bool
  /// In a chain, the index of the first child with parameters; the number of children if none has any.
  let firstLearning: Int
  /// In a chain, the width of the widest output except the last.
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

  /// Returns how many numbers the layer saves for `batch` samples.
  func savedCount(batch: Int) -> Int { savedFixed &+ savedPerSample &* batch }

  /// Returns whether child `index` exists; reports an error if not.
  func hasChild(_ index: Int, _ report: PassReport) -> Bool {
    if index >= 0, index < childCount { return true }
    report.note("child \(index) of \(childCount)")
    return false
  }
}

/// Where the tensors of a container's child lie among those of the container.
struct ChildPlace: Sendable {
  let parameter, state, savedFixed, savedPerSample: Int

  /// Returns the place after `child` and its outputs.
  func next(after child: LayerPlan) throws -> ChildPlace {
    try ChildPlace(
      parameter: [[parameter], [child.parameterCount]].totalCount(),
      state: [[state], [child.stateCount]].totalCount(), savedFixed: [[savedFixed], [child.savedFixed]].totalCount(),
      savedPerSample: [[savedPerSample], [child.savedPerSample], [child.outputCount]].totalCount())
  }

  /// Returns where the tensors saved by the child begin.
  func saved(_ batch: Int) -> Int { savedFixed &+ savedPerSample &* batch }
}
