/// The most likely cause of each failure, by kind and check or by check alone, for checks that do not give one themselves.
private let causes: [String: String] = [
  "JSON keeps settings": "init(from:) or encode(to:) omits a setting",
  "settings are valid": "validate() rejects the defaults",
  "same bits": "the component keeps hidden state or uses its own random generator",
  "same seed, same bits": "the component keeps hidden state or uses its own random generator",
  "same seed, same parts": "the component keeps hidden state or uses its own random generator",
  "same rates": "the component keeps hidden state or uses its own random generator",
  "same generator, same bits": "the component keeps hidden state or uses its own random generator",
  "different seed, different numbers": "numbers are not drawn from the given generator",
  "finite": "a division by 0, or values that are not written",
  "extremes": "an overflow, a division by 0, or a missing bound",
  "empty batch": "a loop that runs once too often",
  "value without gradient": "the value is computed in two different ways, depends on hidden state, or is random",
  "NaN stays in its row": "rows are not independent",
  "useful derivative": "hasUsefulDerivative is wrong for this function",
  "widths": "checkWidths(outputs:targets:classes:) is missing, or too strict",
  "targets": "checkEncoding(_:) or checkTargets(_:classes:) does not match what the component supports",
  "counts steps or epochs": "per is a computed property, or its setter does nothing",
  "mean": "a shift, values on only one side of 0, or values that are not written",
  "bounds": "a wrong factor",
  "state": "state that is uninitialized, overflows, or is too large",
  "descent": "a wrong sign, or steps that are far too large",
  "Rosenbrock function": "steps that grow, shrink or change direction for no reason",
  "load": "a missing file, or values that are not finite",
  "samples": "the setting samples does not determine the number of samples",
  "variety": "a column that is not filled",
  "input names": "names that are missing, empty or duplicated",
  "every sample": "a loop that ends too early",
  "parts": "1-based indices, wrong bounds, or an empty part",
  "disjoint parts": "parts that overlap at their boundaries",
  "probabilities sum to 1": "inconsistent changes to the targets of a sample",
  "metric range": "a missing division, a division by 0, or the unit % for a value that is not a fraction",
  "better direction": "higherIsBetter is reversed, or targets are ignored",
  "sample order": "samples are weighted by position, or the metric keeps hidden state",
  "one sample": "a division by the number of samples minus 1",
  "number of samples": "a sum instead of a mean, or a division by the number of samples minus 1",
  "resolved": "a setting is lost or changed in resolved()",
  "plan": "sizes that are negative or inconsistent",
  "names": "two tensors with the same name",
  "initial parameters": "an initializer that does not fill every element",
  "inference is not random": "context.isTraining is ignored",
  "inference keeps its state": "context.isTraining is ignored",
  "sampling is random": "context.isTraining is used in place of context.isStochastic",
  "sampling keeps its state": "context.isStochastic is used in place of context.isTraining",
  "trains on one sample": "a division by a variance of 0, or by the batch size minus 1",
  "without input gradient": "backward returns early, or writes wrong gradients, if the input gradient is not needed",
  "separated activation": "separatingActivation() changes more than the activation",
  "step": "update and step do not implement the same rule", "role": "a type that conforms only to Transform",
  "declared tensors": "a name or index that is not in the plan",
  "validation set": "the callback requires columns that it does not need",
  "plain training": "a requirement that is not checked beforehand",
  "files": "the files property does not list what is written",
]

extension Findings {
  /// The explanation with the most likely cause added, if it does not include one.
  func withCause(_ explanation: String, of check: String) -> String {
    guard !explanation.contains("likely cause: ") else { return explanation }
    let plain = check.split(separator: ", from").first.map(String.init) ?? check
    let cause = causes["\(kind) \(plain)"] ?? causes[plain]
    return cause.map { "\(explanation)\nlikely cause: \($0)" } ?? explanation
  }
}
