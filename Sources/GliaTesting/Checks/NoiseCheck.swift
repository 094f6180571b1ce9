import GliaCore

extension LayerRun {
  /// Checks that layers that only add noise preserve the mean of every output, or the mean and variance of standard normal
  /// inputs.
  func checkNoise(_ found: inout Findings) {
    var other = self
    other.key = 2
    guard plan.parameterCount == 0, plan.children.isEmpty, plan.outputCount == width,
      !forward().y.hasSameBits(as: other.forward().y)
    else { return }
    var quiet = self
    quiet.isTraining = false
    let expected = quiet.forward().y.doubles
    let noisy = Moments(self, passes: 4000)
    let errors = expected.indices.map { (noisy.mean[$0] - expected[$0]).magnitude / noisy.standardError[$0] }
    let worst = errors.indices.max { errors[$0] < errors[$1] } ?? 0
    found.expect(
      "noise keeps the mean", errors.allSatisfy { $0 < 5 } || keepsStandardNormals,
      "over \(noisy.passes) passes output \(worst) has mean \(noisy.mean[worst].short), but "
        + "\(expected[worst].short) outside of training\n"
        + "likely cause: outputs are scaled twice, or not at all, by 1 / (1 - rate)")
  }

  /// Whether inputs with mean 0 and variance 1 keep both, as in alpha dropout.
  private var keepsStandardNormals: Bool {
    var random = Random(seed: 25)
    var run = self
    var outputs: [Double] = []
    for key in 0..<UInt64(4000) {
      run.key = key
      run.x = x.map { _ in Float(random.normal()) }
      outputs += run.forward().y.doubles
    }
    let mean = outputs.reduce(0, +) / Double(outputs.count)
    let variance = outputs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(outputs.count)
    return mean.magnitude < 0.05 && (variance - 1).magnitude < 0.05
  }
}

/// The mean of every output over many passes, each with a different random key.
private struct Moments {
  let passes: Int
  private(set) var mean: [Double]
  private(set) var standardError: [Double]

  init(_ run: LayerRun, passes: Int) {
    self.passes = passes
    var run = run
    mean = [Double](repeating: 0, count: run.batch * run.plan.outputCount)
    var squares = mean
    for key in 0..<UInt64(passes) {
      run.key = key
      for (i, y) in run.forward().y.doubles.enumerated() {
        mean[i] += y / Double(passes)
        squares[i] += y * y / Double(passes)
      }
    }
    // Tolerates rounding in outputs without noise.
    standardError = zip(squares, mean).map { (max($0 - $1 * $1, 0) / Double(passes)).squareRoot() + 1e-6 }
  }
}
