import GliaCore
import Synchronization

/// A computation recorded as a list of operations, from which every export is written.
///
/// Operations act on one sample; exports add the batch axis. Each operation follows those whose results it reads, and equal
/// operations are recorded once.
public final class SymbolicGraph: Sendable {
  private struct State {
    var nodes: [SymbolicNode] = []
    var indices: [SymbolicNode: Int] = [:]
    var operators: [Int: ONNXOperator] = [:]
    var fault: String?
    var isFull = false
  }

  private let state = Mutex(State())
  private static let most = 100_000

  /// Creates an empty graph.
  public init() {}

  /// Records an operation and returns its result.
  func append(_ node: SymbolicNode) -> SymbolicTensor {
    let index = state.withLock { state in
      if let known = state.indices[node] { return known }
      guard state.nodes.count < Self.most else {
        state.isFull = true
        return state.nodes.count - 1
      }
      state.nodes.append(node)
      state.indices[node] = state.nodes.count - 1
      return state.nodes.count - 1
    }
    return SymbolicTensor(self, index)
  }

  /// Notes what is wrong with an operation, which cannot throw; ``check()`` does.
  func note(_ fault: String) { state.withLock { $0.fault = $0.fault ?? fault } }

  /// Throws if an operation did not fit its operands, or there were too many.
  func check() throws {
    let (fault, isFull) = state.withLock { ($0.fault, $0.isFull) }
    if isFull {
      throw GliaError(
        "the model needs more than \(Self.most.grouped) operations", expected: "fewer",
        remedy: "use fewer layers, or layers that are not given by a formula")
    }
    guard let fault else { return }
    throw GliaError(fault, expected: "operations on shapes that fit", remedy: "correct the component's `symbolic`")
  }

  /// Returns the operation with that index.
  subscript(index: Int) -> SymbolicNode { state.withLock { $0.nodes[index] } }

  /// Returns the ONNX operator that computes the same as the operation with that index; nil if there is none.
  func equivalent(_ index: Int) -> ONNXOperator? { state.withLock { $0.operators[index] } }

  /// Declares an ONNX operator that computes the same as the operation with that index.
  func declare(_ equivalent: ONNXOperator, for index: Int) { state.withLock { $0.operators[index] = equivalent } }

  /// Returns the operations that `outputs` depend on, in order; if `usesOperators`, those behind an ONNX operator are left out.
  func reachable(from outputs: [Int], usesOperators: Bool = false) -> [Int] {
    state.withLock { state in
      var isNeeded = [Bool](repeating: false, count: state.nodes.count)
      for output in outputs { isNeeded[output] = true }
      for index in isNeeded.indices.reversed() where isNeeded[index] {
        let own = usesOperators ? state.operators[index]?.inputs : nil
        for input in own ?? state.nodes[index].inputs { isNeeded[input] = true }
      }
      return isNeeded.indices.filter { isNeeded[$0] }
    }
  }
}

/// An operation of a graph with its operands.
struct SymbolicNode: Hashable, Sendable {
  var operation: SymbolicOperation
  /// The operations whose results it reads.
  var inputs: [Int] = []
  /// The shape of the result for one sample, or of a constant.
  var shape: [Int]
  var element: SymbolicElement = .float
  /// Whether the result is the same for all samples, and has no batch axis.
  var isConstant = false

  /// The number of elements.
  var count: Int { shape.reduce(1, *) }
}

/// The type of a tensor's elements.
public enum SymbolicElement: String, Sendable {
  /// Single precision.
  case float
  /// Double precision, for preprocessing.
  case double
  /// True or false: the result of a comparison.
  case bool
}

/// An operation. Operands are broadcast as in NumPy; reductions and sorting act on the last axis.
enum SymbolicOperation: Hashable, Sendable {
  /// The features of the sample with that index among the inputs of the model.
  case input(Int)
  /// The bits of the numbers, so that 0 and -0 differ and NaN equals itself.
  case constant(bits: [UInt64])
  case unary(SymbolicFunction)
  case binary(SymbolicOperator)
  /// Operands: condition, value if true, value if false.
  case select
  /// Operands: x [k], constant weights [n, k], and perhaps a constant bias [n]; the result is x Wᵀ + b.
  case product
  case reduce(SymbolicReduction)
  case softmax
  case logSoftmax
  case sortDescending
  case cumulativeSum
  /// Picks elements of the flat sample.
  case pick([Int])
  case concatenate
  case reshape
  /// Operands: indices, a constant table; the result is a row of the table for each index, NaN if there is none.
  case lookup
  case cast
}

extension SymbolicOperation {
  static func constant(_ values: [Double]) -> SymbolicOperation { .constant(bits: values.map(\.bitPattern)) }

  /// The numbers of a constant; nil for any other operation.
  var constants: [Double]? {
    if case .constant(let bits) = self { bits.map(Double.init(bitPattern:)) } else { nil }
  }
}

/// A function of one number.
enum SymbolicFunction: String, Sendable {
  case negative, absolute, exp, expMinusOne, log, logOnePlus, sqrt, erf, sigmoid, softplus, floor
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
  case isNaN
}

/// A function of two numbers.
enum SymbolicOperator: String, Sendable {
  case add, subtract, multiply, divide, power, maximum, minimum
  case less, lessOrEqual, equal

  /// Whether the result is true or false.
  var isComparison: Bool { self == .less || self == .lessOrEqual || self == .equal }
}

/// A function of the numbers along the last axis, which becomes an axis of one.
enum SymbolicReduction: String, Sendable { case sum, mean, maximum }

/// An operator of ONNX with its operands, as computed in a graph.
struct ONNXOperator: Hashable, Sendable {
  var name: String
  var inputs: [Int]
  var attributes: [String: ONNXSetting]
}

/// The value of an attribute of an ONNX operator.
public enum ONNXSetting: Hashable, Sendable {
  /// A real number.
  case float(Float)
  /// A whole number.
  case int(Int)
  /// A text.
  case text(String)
}
