import GliaCore

extension Network {
  /// About how much there is to compute for a sample, in numbers that are written: some dozen products take as long.
  var numbersPerSample: Int {
    input.reduce(1, *) + rows.reduce(0) { $0 + $1.output.reduce(1, *) } + parameterCount / 64
  }

  /// What the outputs mean: probabilities after a sigmoid or softmax, else decision values, which are decided halfway between
  /// the two numbers that the loss knows classes by; without those in the middle of the activation's range, else at 0.
  func scoreKind(for encoding: TargetEncoding? = nil) -> ScoreKind {
    let last = layers.last?.separatingActivation()?.activation
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

  /// Widths and the first activation, such as `2–4–2–1 tanh`.
  public var shortDescription: String {
    let activation = layers.lazy.compactMap { $0.separatingActivation()?.activation }.first { $0.link != .identity }
    return [architecture, activation.map { type(of: $0).name } ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension Network {
  /// What the outputs tell of `classes`: one each, or of two classes the second; none if they do not fit.
  func outputNames(_ classes: [String]) -> [String] {
    let shown = classes.namedAsClasses
    let outputs = output.reduce(1, *)
    if outputs == 1, shown.count == 2 { return [scoreKind().quantity(of: shown[1])] }
    return outputs == shown.count ? shown : []
  }
}
