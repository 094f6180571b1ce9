import Glia

extension ONNXGraphReader {
  /// Follows the class that a model decides for, and its labels; returns nil for operators that do something else.
  mutating func decision(_ operation: ONNXOperation) throws -> [ONNXValue]? {
    switch operation.name {
    case "ArgMax": return [try largest(operation)]
    case "Binarizer", "Greater", "GreaterOrEqual": return [try comparison(operation)]
    case "ZipMap":
      note(operation.labels("classlabels_int64s", "classlabels_strings"))
      return [.step(try operation.step(0))]
    case "LinearClassifier": return try classifier(operation)
    case "Normalizer": return try normalizer(operation)
    default: break
    }
    guard let index = operation.inputs.firstIndex(where: { if case .decision = $0 { true } else { false } }),
      case .decision(let step, let labels, let threshold)? = operation[index]
    else { return nil }
    switch operation.name {
    case "Cast", "Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten":
      return [.decision(of: step, labels: labels, threshold: threshold)]
    case "ArrayFeatureExtractor", "Gather":
      guard index == 1, case .constant(let table)? = operation[0] else { return nil }
      note(table.labels)
      return [.decision(of: step, labels: table.labels, threshold: threshold)]
    case "LabelEncoder":
      let new = operation.relabeled(labels)
      note(new)
      return [.decision(of: step, labels: new, threshold: threshold)]
    default: return nil
    }
  }

  /// The class of the largest output.
  private func largest(_ operation: ONNXOperation) throws -> ONNXValue {
    let step = try operation.step(0)
    let axes = flow.steps[step].shape.count
    let axis = try operation.axis(operation.int("axis"), of: axes + 1)
    guard axis == axes else {
      throw operation.failure("the largest along axis \(axis)", expected: "the last axis, \(axes)")
    }
    return .decision(of: step, labels: nil, threshold: nil)
  }

  /// The second class, or every label, whose output exceeds a threshold. Glia decides alike for an output that is equal to it.
  private func comparison(_ operation: ONNXOperation) throws -> ONNXValue {
    let step = try operation.step(0)
    var thresholds = [operation.float("threshold")]
    if operation.name != "Binarizer" {
      guard case .constant? = operation[1] else {
        throw operation.failure("a comparison with no constant", expected: "a constant threshold")
      }
      thresholds = try operation.numbers(1) ?? []
    }
    guard thresholds.count == 1, let threshold = thresholds.first.map({ Float($0) }), threshold.isFinite else {
      throw operation.failure(
        "a comparison with \(thresholds.count.counted("number")) or none that is finite",
        expected: "one finite threshold")
    }
    return .decision(of: ofPair(step), labels: nil, threshold: threshold)
  }

  /// The two outputs if `step` is the second one of them.
  private func ofPair(_ step: Int) -> Int {
    guard case .pieces(let pieces) = flow.steps[step].operation, pieces.count == 1,
      case .selection(let indices, inputs: 2) = pieces[0], indices == [1]
    else { return step }
    return flow.steps[step].operands[0]
  }

  private mutating func note(_ new: [String]) { if !new.isEmpty { labels = new } }

  /// A linear model, whose results are the class and the probabilities.
  private mutating func classifier(_ operation: ONNXOperation) throws -> [ONNXValue] {
    try requirePlain(operation, ["NONE", "LOGISTIC", "SOFTMAX"])
    let own = operation.labels("classlabels_ints", "classlabels_strings")
    let transform = operation.node["post_transform"]?.string ?? "NONE"
    var weights = operation.node["coefficients"]?.floats ?? []
    var bias = operation.node["intercepts"]?.floats ?? []
    let inputs = flow.steps[try operation.step(0)].count
    guard !weights.isEmpty, weights.count % inputs == 0 else {
      throw operation.failure("\(weights.count) coefficients for \(inputs) features", expected: "a multiple")
    }
    // Of two classes, the second says all about the first if their scores are opposite.
    let (first, second) = (weights.prefix(inputs), weights.dropFirst(inputs))
    let isOpposite = second.count == inputs && zip(first, second).allSatisfy { $0 == -$1 }
    if own.count == 2, transform != "SOFTMAX", isOpposite, bias.isEmpty || bias.count == 2 && bias[0] == -bias[1] {
      weights = Array(second)
      bias = Array(bias.suffix(1))
    }
    var step = try dense(operation, weights: weights, bias: bias, units: weights.count / inputs)
    if transform != "NONE" {
      let activation: any Activation = transform == "LOGISTIC" ? Sigmoid() : Softmax()
      step = try append(.pieces([.activation(activation)]), [step], for: operation)
    }
    note(own)
    return [.decision(of: step, labels: own, threshold: nil), .step(step)]
  }

  /// Probabilities whose sum is 1 are normalized already.
  private func normalizer(_ operation: ONNXOperation) throws -> [ONNXValue] {
    let step = try operation.step(0)
    if operation.node["norm"]?.string == "L1", case .pieces(let pieces) = flow.steps[step].operation,
      case .activation(let activation)? = pieces.last, activation is Softmax || flow.steps[step].count == 1
    {
      return [.step(step)]
    }
    throw operation.failure(
      "Glia has no layer that divides a sample by its norm", expected: "normalization with a layer such as rms_norm",
      remedy: "normalize the data before using the model, and export the model without this step")
  }
}

extension ONNXOperation {
  /// The labels of classes in one of two attributes.
  fileprivate func labels(_ ints: String, _ strings: String) -> [String] {
    if let texts = node[strings]?.strings, !texts.isEmpty { return texts }
    return (node[ints]?.ints ?? []).map { "\($0)" }
  }

  /// Returns the labels that a LabelEncoder gives classes.
  fileprivate func relabeled(_ old: [String]?) -> [String] {
    func list(_ attributes: [String]) -> [String] {
      attributes.compactMap { node[$0]?.list }.first ?? []
    }
    let keys = list(["keys_strings", "keys_int64s", "keys_floats", "keys_tensor"])
    let values = list(["values_strings", "values_int64s", "values_floats", "values_tensor", "classes_strings"])
    guard !keys.isEmpty else { return values }
    let table = Dictionary(zip(keys, values)) { first, _ in first }
    let own = old ?? keys.indices.map(String.init)
    let new = own.compactMap { table[$0] }
    return new.count == own.count ? new : []
  }
}

extension ONNXAttribute.Value {
  fileprivate var list: [String]? {
    switch self {
    case .strings(let texts): texts
    case .ints(let numbers): numbers.map { "\($0)" }
    case .floats(let numbers): ONNXTensor(shape: [numbers.count], .floats(numbers)).labels
    case .tensor(let tensor): tensor.labels
    default: nil
    }
  }
}
