import Glia

/// The Python code for what a model does in addition to its network: standardization, filling in missing values, the
/// temperature of probabilities, and scaling back of targets.
struct TorchPrediction: Sendable {
  /// The numbers, as JSON.
  private(set) var metadata: [String: String] = [:]
  /// The statements that define them.
  private(set) var definitions: [String] = []
  /// The function `predict`; empty if the network does everything.
  private(set) var function: [String] = []

  init(_ model: Model, readsIndices: Bool) {
    let (input, target) = (model.preprocessing.standardization, model.targetScaling)
    if let input {
      define("mean", input.mean, shape: model.network.input)
      define("scale", input.scale, shape: model.network.input)
      if let fill = input.fill { define("fill", fill, shape: model.network.input) }
    }
    if let standardization = target?.standardization {
      define("target_mean", standardization.mean, shape: model.network.output)
      define("target_scale", standardization.scale, shape: model.network.output)
    }
    let inputs =
      input.map { input in
        ["x = x.double()"] + (input.fill == nil ? [] : ["x = torch.where(x.isnan(), fill, x)"])
          + ["x = ((x - mean) / scale)\(readsIndices ? ".long()" : ".float()")"]
      } ?? (readsIndices ? ["x = x.long()"] : [])
    // The output activation is always the last module.
    let network = model.fitted.temperature.map { "model[-1](model[:-1](x) / \($0))" } ?? "model(x)"
    let outputs =
      (target?.standardization == nil ? [] : ["y = y * target_scale + target_mean"])
      + (target?.transform.map { [$0 == .log ? "y = y.exp()" : "y = y.expm1()"] } ?? [])
    guard !inputs.isEmpty || !outputs.isEmpty || model.fitted.temperature != nil else { return }
    let body =
      inputs + ["with torch.no_grad():", "    y = \(network)"]
      + (outputs.isEmpty ? [] : ["y = y.double()"]) + outputs + ["return y"]
    function = ["def predict(x):"] + body.map { "    \($0)" }
  }

  /// Defines a float64 tensor, because single precision is not enough for large numbers such as timestamps.
  private mutating func define(_ name: String, _ values: [Double], shape: [Int]) {
    metadata["glia.\(name)"] = JSON.array(values.map { JSON($0) }).compact
    let axes = shape.count > 1 ? ".reshape(\(shape.map(String.init).joined(separator: ", ")))" : ""
    definitions.append(
      "\(name) = torch.tensor(json.loads(metadata[\"glia.\(name)\"]), dtype=torch.float64)\(axes)")
  }
}
