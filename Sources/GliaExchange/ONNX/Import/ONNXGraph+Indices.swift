extension ONNXGraph {
  /// The names of values that are used for more than the indices of a Gather.
  var numericNames: Set<String> {
    let moving: Set = ["Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze"]
    var names = Set(outputs.map(\.name))
    for node in nodes.reversed() where !(moving.contains(node.operation) && names.isDisjoint(with: node.outputs)) {
      for (index, name) in node.inputs.enumerated() where !(node.operation == "Gather" && index == 1) {
        names.insert(name)
      }
    }
    return names
  }
}
