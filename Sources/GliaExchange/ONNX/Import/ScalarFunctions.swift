import Glia
import RealModule

/// A function of one number, with the same as pieces of a network if it is known.
struct ScalarFunction {
  let callAsFunction: (Double) -> Double
  let pieces: (_ count: Int) -> [ImportedPiece]?

  init(_ function: @escaping (Double) -> Double, pieces: @escaping (Int) -> [ImportedPiece]? = { _ in nil }) {
    (callAsFunction, self.pieces) = (function, pieces)
  }

  /// An activation, of which `function` is the formula.
  init(_ activation: some Activation, _ function: @escaping (Double) -> Double) {
    self.init(function) { _ in [.activation(activation)] }
  }

  /// The function a x + b.
  static func affine(_ factor: Double, _ offset: Double) -> ScalarFunction {
    ScalarFunction({ factor * $0 + offset }, pieces: { [.affine(factor, offset, count: $0)] })
  }
}

/// The operators that are functions of one number.
enum ScalarFunctions {
  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + .exp(-x)) }
  private static func softplus(_ x: Double) -> Double { max(x, 0) + .log(onePlus: .exp(-x.magnitude)) }

  /// Returns the function that an operator stands for; nil if it is none.
  static func function(_ operation: ONNXOperation) -> ScalarFunction? {
    switch operation.name {
    case "Neg": return .affine(-1, 0)
    case "Relu": return ScalarFunction(ReLU()) { max($0, 0) }
    case "Sigmoid": return ScalarFunction(Sigmoid(), sigmoid)
    case "Tanh": return ScalarFunction(Tanh()) { .tanh($0) }
    case "Softplus": return ScalarFunction(Softplus(), softplus)
    case "Softsign": return ScalarFunction(Softsign()) { $0 / (1 + $0.magnitude) }
    case "Atan": return ScalarFunction(Arctan()) { .atan($0) }
    case "Exp": return ScalarFunction(Exponential()) { .exp($0) }
    case "Mish": return ScalarFunction(Mish()) { $0 * .tanh(softplus($0)) }
    case "HardSwish": return ScalarFunction(HardSiLU()) { $0 * min(max($0 / 6 + 0.5, 0), 1) }
    case "Sign": return ScalarFunction(Sign()) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
    case "Erf": return ScalarFunction { .erf($0) }
    case "Log": return ScalarFunction { .log($0) }
    case "Abs": return ScalarFunction { $0.magnitude }
    case "Sqrt": return ScalarFunction { $0.squareRoot() }
    case "Reciprocal": return ScalarFunction { 1 / $0 }
    default: return withSettings(operation)
    }
  }

  private static func withSettings(_ operation: ONNXOperation) -> ScalarFunction? {
    switch operation.name {
    case "LeakyRelu":
      let alpha = operation.float("alpha", 0.01)
      return ScalarFunction(LeakyReLU(negativeSlope: Float(alpha))) { $0 > 0 ? $0 : alpha * $0 }
    case "Elu":
      let alpha = operation.float("alpha", 1)
      return ScalarFunction(ELU(alpha: Float(alpha))) { $0 > 0 ? $0 : alpha * .expMinusOne($0) }
    case "Celu":
      let alpha = operation.float("alpha", 1)
      return ScalarFunction(CELU(alpha: Float(alpha))) { $0 > 0 ? $0 : alpha * .expMinusOne($0 / alpha) }
    case "Selu":
      let (alpha, gamma) = (operation.float("alpha", 1.67326319), operation.float("gamma", 1.05070102))
      return ScalarFunction { gamma * ($0 > 0 ? $0 : alpha * .expMinusOne($0)) }
    case "Gelu":
      guard operation.node["approximate"]?.string == "tanh" else {
        return ScalarFunction(GELU()) { $0 / 2 * (1 + .erf($0 / 2.0.squareRoot())) }
      }
      return ScalarFunction(GELU(approximate: true)) { x in x * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x))
      }
    case "Swish":
      let alpha = operation.float("alpha", 1)
      return ScalarFunction { $0 * sigmoid(alpha * $0) }
    case "HardSigmoid": return hardSigmoid(operation.float("alpha", 0.2), operation.float("beta", 0.5))
    default: return nil
    }
  }

  /// min(max(alpha x + beta, 0), 1).
  private static func hardSigmoid(_ alpha: Double, _ beta: Double) -> ScalarFunction {
    ScalarFunction({ min(max(alpha * $0 + beta, 0), 1) }) { count in
      // One sixth has no exact value.
      let (factor, offset) = (Double(Float(6 * alpha)), Double(Float(6 * beta - 3)))
      return [.affine(factor, offset, count: count), .activation(HardSigmoid())]
    }
  }

  /// min(max(x, low), high).
  static func clip(_ low: Double, _ high: Double) -> ScalarFunction {
    ScalarFunction({ min(max($0, low), high) }) { count in
      switch (low, high) {
      case (0, 6): return [.activation(ReLU6())]
      case (-1, 1): return [.activation(HardTanh())]
      case (0, _) where high >= Double(Float.greatestFiniteMagnitude): return [.activation(ReLU())]
      default: break
      }
      guard low < high, low.isFinite, high.isFinite, high - low < 1e30 else { return nil }
      let (center, half) = ((low + high) / 2, (high - low) / 2)
      return [
        .affine(1 / half, -center / half, count: count), .activation(HardTanh()), .affine(half, center, count: count),
      ]
    }
  }
}

extension ONNXNumberType {
  /// Whether the numbers are whole.
  var isInteger: Bool {
    switch self {
    case .uint8, .int8, .uint16, .int16, .int32, .int64, .uint32, .uint64, .bool: true
    case .float, .double, .float16, .bfloat16, .string: false
    }
  }
}
