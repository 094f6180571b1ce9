import GliaCore

extension Loss {
  /// Checks that a prediction equal to its target has the lowest loss.
  func checkLeast(_ width: Int, normalized: Bool, _ found: inout Findings) {
    guard targetEncoding != .index, targetCount(outputs: width) == width else { return }
    for seed: UInt64 in 20..<30 {
      let samples = samples(.probabilities, width: width, seed: seed)
      let least = value(samples.target, samples.target, rows: 3)
      let other = normalized ? samples.prediction.normalized(width: width) : samples.prediction
      let value = value(other, samples.target, rows: 3)
      found.expect(
        "minimum at the target", value >= least - 1e-6,
        "predictions \(other) for targets \(samples.target) have the loss \(value), the targets themselves \(least)")
    }
  }

  /// Checks that the loss and gradient for samples of one class are those without class weights, times the class weight.
  func checkClassWeights(_ width: Int, _ registry: Registry, _ found: inout Findings) {
    guard let written = try? JSON(part: self),
      let weights = written["class_weights"]?.array?.compactMap(\.double), !weights.isEmpty,
      let plain = try? Findings.read(Self.self, written.replacing("class_weights", by: .null), like: self, registry)
    else { return }
    compareClasses(weights, plain, width, "", &found)
    for link in [Link.identity, .logistic, .softmax, .threshold] {
      guard let fused = fromLogits(of: link), let plain = plain.fromLogits(of: link) else { continue }
      fused.compareClasses(weights, plain, width, ", from \(link.name) logits", &found)
    }
  }

  private func compareClasses(
    _ weights: [Double], _ plain: any Loss, _ width: Int, _ form: String, _ found: inout Findings
  ) {
    let samples = samples(.probabilities, rows: 2, width: width, seed: 13)
    for (index, weight) in weights.enumerated() {
      let row: [Float] =
        switch targetEncoding {
        case .binary(let negative, let positive): Array(repeating: index == 0 ? negative : positive, count: width)
        case .index: [Float(index)]
        default: (0..<width).map { $0 == index ? 1 : 0 }
        }
      let (value, gradient) = valueAndGradient(samples.prediction, row + row, weights: [0.5, 2], rows: 2)
      let right = plain.valueAndGradient(samples.prediction, row + row, weights: [0.5, 2], rows: 2)
      found.compare(
        "class weights\(form)", [Double(value)] + gradient.doubles,
        [weight * Double(right.value)] + right.gradient.map { weight * Double($0) }, within: .values,
        got: "value or gradient is", wanted: "the weight times the result without class weights is",
        cause: "class weights that are ignored, applied twice, or not passed on by fromLogits(of:)",
        at: { "class \(index) of weight \(weight), " + ($0 == 0 ? "value" : "gradient \($0 - 1)") })
    }
  }
}
