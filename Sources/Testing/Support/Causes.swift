/// What is most likely wrong where a check fails that does not know better itself: by kind and check, or by check alone.
private let causes: [String: String] = [
  "JSON keeps settings": "init(from:) or encode(to:) leaves something out",
  "settings are valid": "defaults that validate() refuses",
  "equal bits": "it remembers something, or draws from a generator of its own",
  "equal seed, equal bits": "it remembers something, or draws from a generator of its own",
  "equal seed, equal parts": "it remembers something, or draws from a generator of its own",
  "equal rates": "it remembers something, or draws from a generator of its own",
  "equal random, equal bits": "it remembers something, or draws from a generator of its own",
  "other seed, other numbers": "numbers are drawn from another generator than the given one",
  "finite": "a division by 0, or numbers that are not written",
  "extremes": "an overflow, a division by 0, or a missing bound",
  "empty batch": "a loop that runs once too often",
  "value without gradient": "the value is computed on two ways, remembers something, or is random",
  "NaN stays in its row": "rows are mixed",
  "useful derivative": "hasUsefulDerivative does not belong to this function",
  "widths": "checkWidths(outputs:targets:classes:) is missing, or too strict",
  "targets": "what checkEncoding(_:) or checkTargets(_:classes:) accepts is not what the component takes",
  "counts steps or epochs": "per is computed, or its setter does nothing",
  "mean": "a shift, numbers from one side of 0 only, or numbers that are not written",
  "bounds": "a wrong factor",
  "state": "a state that is not started, overflows, or is larger than what it is for",
  "descent": "a wrong sign, or steps that are far too large",
  "valley": "steps that grow, shrink or turn without need",
  "load": "a file that is not there, or numbers that are not finite",
  "samples": "the setting samples is not what is counted",
  "variety": "a column that is not filled",
  "input names": "names that are missing, empty or used twice",
  "every sample": "indices that end too early",
  "parts": "indices that are counted from 1, wrong bounds of a part, or a part that is empty",
  "apart": "parts that overlap at their ends",
  "probabilities add up": "targets of a sample that are changed by different amounts",
  "metric range": "a missing division, a division by 0, or a unit of % for what is not a fraction",
  "better direction": "higherIsBetter is the wrong way round, or targets are not looked at",
  "order of samples": "samples are weighted by their place, or it remembers something",
  "one sample": "a division by the number of samples minus 1",
  "number of samples": "a sum in place of a mean, or a division by the number of samples minus 1",
  "resolved": "a setting is lost or changed in resolved()",
  "plan": "sizes that are negative or do not fit together",
  "names": "two tensors of one name",
  "initial parameters": "an initializer that leaves numbers out",
  "inference is not random": "context.isTraining is not looked at",
  "inference remembers nothing": "context.isTraining is not looked at",
  "trains on one sample": "a division by a variance of 0, or by the batch size minus 1",
  "without input gradient": "backward returns early, or writes wrong gradients, where the input gradient is not needed",
  "separated activation": "separatingActivation() changes more than the activation",
  "step": "update and step are not the same rule", "role": "a conformance to Transform alone",
  "reach": "a name or an index that the plan does not have",
  "validation part": "columns of a training that it does not need",
  "plain training": "something that it needs and does not check beforehand",
  "files": "files does not say what is written",
]

extension Findings {
  /// The explanation with the usual cause of such a failure, if it does not tell one.
  func withCause(_ explanation: String, of check: String) -> String {
    guard !explanation.contains("likely cause: ") else { return explanation }
    let plain = check.split(separator: ", from").first.map(String.init) ?? check
    let cause = causes["\(kind) \(plain)"] ?? causes[plain]
    return cause.map { "\(explanation)\nlikely cause: \($0)" } ?? explanation
  }
}
