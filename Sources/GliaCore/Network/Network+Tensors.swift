import OrderedCollections

/// A tensor of a network: its plan and the location of its numbers.
struct PlacedTensor {
  let plan: ParameterPlan
  let range: Range<Int>
}

extension LayerPlan {
  /// The parameters with their ranges in the vector of all parameters.
  var tensors: [PlacedTensor] {
    var start = 0
    return parameters.map { plan in
      let count = plan.shape.reduce(1, *)
      defer { start += count }
      return PlacedTensor(plan: plan, range: start..<start + count)
    }
  }

  /// The states with their ranges.
  var placedState: [(plan: StatePlan, range: Range<Int>)] {
    var start = 0
    return state.map { plan in
      let count = plan.shape.reduce(1, *)
      defer { start += count }
      return (plan, start..<start + count)
    }
  }

  /// Returns the state whose saved part, as in model files, is `saved`, with initial values for the rest; nil if the sizes
  /// differ.
  func state(ofSaved saved: [Float]) -> [Float]? {
    var rest = saved[...]
    let state = placedState.flatMap { plan, range in
      guard plan.isSaved else { return [Float](repeating: plan.start, count: range.count) }
      defer { rest = rest.dropFirst(range.count) }
      return Array(rest.prefix(range.count))
    }
    return rest.isEmpty && state.count == stateCount ? state : nil
  }
}

/// The location of a tensor's numbers, in the network's parameters or in its state.
struct TensorPlace {
  let shape: [Int]
  let range: Range<Int>
  let isState: Bool
}

extension LayerPlan {
  /// Returns the locations of all tensors of a model file by their names, in order; throws if two have the same name, because a
  /// file can only contain one of them.
  func places() throws -> OrderedDictionary<String, TensorPlace> {
    var places = OrderedDictionary<String, TensorPlace>()
    func place(_ name: String, _ place: TensorPlace) throws {
      guard places.updateValue(place, forKey: name) != nil else { return }
      throw GliaError(
        "two tensors are called '\(name.excerpt)'", at: "network.layers", expected: "a different name for each tensor",
        remedy: "rename one in the layer's plan, or give the plan of a container a childLabel")
    }
    for tensor in tensors {
      try place(tensor.plan.name, TensorPlace(shape: tensor.plan.shape, range: tensor.range, isState: false))
    }
    for (plan, range) in placedState where plan.isSaved {
      try place(plan.name, TensorPlace(shape: plan.shape, range: range, isState: true))
    }
    return places
  }
}

extension Network {
  /// All tensors by their names in a model file, such as `layers.0.weight`, in order.
  public var tensors: [(name: String, tensor: Tensor)] { places.map { ($0.key, tensor(at: $0.value)) } }

  /// The tensor with that name, such as `layers.0.weight`; nil if there is none.
  public subscript(name: String) -> Tensor? { places[name].map(tensor(at:)) }

  private func tensor(at place: TensorPlace) -> Tensor {
    Tensor(unchecked: place.shape, Array((place.isState ? state : parameters)[place.range]))
  }

  /// Replaces the tensor with that name; throws if there is none or its shape differs.
  public mutating func set(_ name: String, to tensor: Tensor) throws {
    guard let place = places[name] else {
      throw GliaError(
        "the network has no tensor '\(name.excerpt)'", at: name.excerpt,
        expected: "one of \(places.keys.prefix(20).joined(separator: ", "))")
    }
    guard tensor.shape == place.shape else {
      throw GliaError("a tensor of shape \(tensor.shape)", at: name, expected: "shape \(place.shape)")
    }
    if place.isState {
      state.replaceSubrange(place.range, with: tensor.values)
    } else {
      parameters.replaceSubrange(place.range, with: tensor.values)
    }
  }

  /// Replaces all tensors; throws if one is missing, superfluous, of another shape or not finite.
  public mutating func setAll(_ given: [(name: String, tensor: Tensor)]) throws {
    let names = Set(given.map(\.name))
    if let missing = places.keys.first(where: { !names.contains($0) }) {
      throw GliaError("a tensor is missing", at: missing, expected: "every tensor of the network")
    }
    for (name, tensor) in given {
      if let bad = tensor.values.firstIndex(where: { !$0.isFinite }) {
        throw GliaError("number \(bad) is \(tensor.values[bad])", at: name.excerpt, expected: "finite numbers")
      }
      try set(name, to: tensor)
    }
  }

  /// Returns the index of the top-level layer that parameter number `index` belongs to.
  func layerIndex(ofParameter index: Int) -> Int {
    var end = 0
    return plan.children.firstIndex { plan in
      end += plan.parameterCount
      return index < end
    } ?? 0
  }
}
