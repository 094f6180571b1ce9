import Glia
import RealModule

/// Finds the activation or the normalization that operations amount to, by comparing their values.
///
/// Exporters write GELU, SiLU, Mish and others in many ways; all of them have the same values.
struct ActivationRecognition {
  let flow: ONNXFlow
  let budget: ImportBudget

  /// Returns the pieces that are equal to a region of steps, of which every way leads `through` one; nil if none are.
  func pieces(for region: [Int], from start: Int, through first: Int) throws -> [ImportedPiece]? {
    let reductions = region.count { if case .reduction = flow.steps[$0].operation { true } else { false } }
    guard reductions > 0 else { return try elementwise(region, start) }
    guard reductions <= 2, mayBegin(first) else { return nil }
    return try rowFunction(region, start)
  }

  /// Whether a function of a row may begin with a step: one that begins with a function of every number is a softmax.
  private func mayBegin(_ step: Int) -> Bool {
    guard case .function(let function, _) = flow.steps[step].operation else { return true }
    return Self.isClose(function(1), function(0) * .exp(1))
  }

  /// Around the points where activations change, and far away from them.
  private static let points: [Double] = {
    let near = stride(from: -8.0, through: 8, by: 0.171).map { $0 }
    let far = [1e8, 1e5, 1e3, 100, 30, 20, 12].flatMap { [-$0, $0] }
    return near + far + [-6, -3, -2, -1, -0.5, 0.5, 1, 2, 3, 6]
  }()

  private func elementwise(_ region: [Int], _ start: Int) throws -> [ImportedPiece]? {
    try budget.charge(region.count, times: Self.points.count, at: flow.steps[start].place)
    guard let y = flow.rows(of: region, from: start, for: Self.points.map { [$0] })?.map({ $0[0] }) else { return nil }
    // What decomposed forms give for large numbers is not what is meant.
    let valid = zip(Self.points, y).filter { $0.magnitude < 80 || $1.isFinite }
    guard valid.allSatisfy({ $1.isFinite }), let index = Self.points.firstIndex(of: -1) else { return nil }
    let activation = candidates(atMinusOne: y[index]).first { activation in
      let values = Self.values(of: activation, valid.map { Float($0.0) })
      return zip(values, valid).allSatisfy { Self.isClose(Double($0), $1.1) }
    }
    if let activation { return [.activation(activation)] }
    func isEqual(_ function: (Double) -> Double) -> Bool { valid.allSatisfy { Self.isClose(function($0), $1) } }
    if isEqual({ .expMinusOne($0) }) { return [.expMinusOne] }
    let place = flow.steps[region.last ?? start].place
    return [true, false].first { areOdds in isEqual { ImportedPiece.logit($0, areOdds: areOdds) } }.map {
      [.logits(areOdds: $0, place: place)]
    }
  }

  private func candidates(atMinusOne y: Double) -> [any Activation] {
    [
      Linear(), ReLU(), Sigmoid(), Tanh(), GELU(), GELU(approximate: true), SiLU(), Mish(), Softplus(), Softsign(),
      HardSiLU(), HardSigmoid(), ReLU6(), HardTanh(), LogSigmoid(), ELU(), SELU(), CELU(), Arctan(), Exponential(),
      Squareplus(), PiecewiseLinear(), LeakyReLU(negativeSlope: Float(-y)),
      ELU(alpha: Float(y / .expMinusOne(-1))),
    ]
  }

  private static func values(of activation: any Activation, _ x: [Float]) -> [Float] {
    var values = x
    values.withUnsafeMutableBufferPointer { buffer in
      var span = buffer.mutableSpan
      activation.apply(&span, width: 1)
    }
    return values
  }

  private static func isClose(_ a: Double, _ b: Double) -> Bool {
    (a - b).magnitude <= 2e-6 * max(1, a.magnitude)
  }

  private func rowFunction(_ region: [Int], _ start: Int) throws -> [ImportedPiece]? {
    let width = flow.steps[start].shape.last ?? 1
    guard width > 1, width <= 1 << 16 else { return nil }
    // The operations, and what they are compared with.
    try budget.charge(3 * (region.count + 8), times: width, at: flow.steps[start].place)
    let x = [0.01, 1, 30].map { scale in (0..<width).map { scale * (.sin(Double($0 * $0 + 1)) + 0.3) } }
    guard let y = flow.rows(of: region, from: start, for: x) else { return nil }
    func isEqual(_ function: ([Double]) -> [Double]) -> Bool {
      zip(x, y).allSatisfy { x, y in x.count == y.count && zip(function(x), y).allSatisfy(Self.isClose) }
    }
    if isEqual(Self.softmax) { return [.activation(Softmax())] }
    if isEqual({ Self.softmax($0).map { .log($0) } }) { return [.activation(LogSoftmax())] }
    let ones = [Double](repeating: 1, count: width)
    for epsilon in epsilons(region) {
      if isEqual({ Self.normalized($0, epsilon, isCentered: true) }) {
        return [
          .normalization(LayerNorm(epsilon: Float(epsilon)), weight: ones, bias: ones.map { _ in 0 }, others: [])
        ]
      }
      if isEqual({ Self.normalized($0, epsilon, isCentered: false) }) {
        return [.normalization(RMSNorm(epsilon: Float(epsilon)), weight: ones, bias: nil, others: [])]
      }
    }
    return nil
  }

  /// The small numbers that are added within a region.
  private func epsilons(_ region: [Int]) -> [Double] {
    region.compactMap { index in
      guard case .function(let function, _) = flow.steps[index].operation else { return nil }
      let offset = function(0)
      return offset > 0 && offset < 0.1 && function(1) == 1 + offset ? offset : nil
    }
  }

  private static func softmax(_ row: [Double]) -> [Double] {
    let largest = row.max() ?? 0
    let powers = row.map { Double.exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  private static func normalized(_ row: [Double], _ epsilon: Double, isCentered: Bool) -> [Double] {
    let mean = isCentered ? row.reduce(0, +) / Double(row.count) : 0
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
    return row.map { ($0 - mean) / (variance + epsilon).squareRoot() }
  }
}
