import GliaCore

extension Network {
  /// The approximate cost of a sample in values written; several dozen multiplications count as one.
  var numbersPerSample: Int {
    input.reduce(1, *) + rows.reduce(0) { $0 + $1.output.reduce(1, *) } + parameterCount / 64
  }

  /// Returns how to interpret the outputs: as probabilities after a sigmoid or softmax, and as decision values
  /// otherwise. Their threshold is halfway between the targets of the two classes, or without an encoding in the middle
  /// of the activation's range, or 0.
  func scoreKind(for encoding: TargetEncoding? = nil) -> ScoreKind {
    let last = layers.last?.outputActivation
    if last?.link == .logistic || last?.link == .softmax { return .probability }
    var (threshold, range) = (0.0, -2.0...2.0)
    if case .binary(let negative, let positive)? = encoding {
      let (low, high) = (Double(negative), Double(positive))
      threshold = (low + high) / 2
      range = low - (high - low) / 2...high + (high - low) / 2
    }
    if let own = last?.range, own.lowerBound.isFinite, own.upperBound.isFinite {
      range = Double(own.lowerBound)...Double(own.upperBound)
      if encoding == nil { threshold = (range.lowerBound + range.upperBound) / 2 }
    }
    return .decision(threshold: threshold, range: range)
  }

  /// The widths of the layers and the first activation, such as `2–4–2–1 tanh`.
  public var shortDescription: String {
    let activation = layers.lazy.compactMap { $0.separatingActivation()?.activation }.first { $0.link != .identity }
    return [architecture, activation.map { type(of: $0).name } ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Returns the names of the outputs for `classes`; empty if they don't match.
  func outputNames(_ classes: [String]) -> [String] {
    let shown = classes.namedAsClasses
    let outputs = output.reduce(1, *)
    if outputs == 1, shown.count == 2 { return [scoreKind().quantity(of: shown[1])] }
    return outputs == shown.count ? shown : []
  }
}
