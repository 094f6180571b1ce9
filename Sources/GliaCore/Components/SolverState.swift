/// The numbers that a ``FullBatchOptimizer`` keeps between steps, by the names of its plan.
///
/// Access to a name that is not in the plan, or with another number of elements, ends the step with an error.
public struct SolverState: Hashable, Sendable {
  private var tensors: [String: [Float]] = [:]
  /// The first invalid access.
  private(set) var fault: String?

  /// Creates the state of `plan`, each tensor filled with its initial value.
  public init(_ plan: [StatePlan]) throws {
    for tensor in plan {
      tensors[tensor.name] = [Float](repeating: tensor.start, count: try tensor.shape.elementCount())
    }
  }

  init(_ tensors: [String: [Float]]) { self.tensors = tensors }

  /// The elements of a tensor.
  public subscript(name: String) -> [Float] {
    get { tensors[name] ?? [] }
    set {
      guard let count = tensors[name]?.count, count == newValue.count else {
        fault = fault ?? "\(newValue.count) numbers for '\(name)', of \(tensors[name]?.count ?? 0) in its plan"
        return
      }
      tensors[name] = newValue
    }
  }

  /// The first element of a tensor, such as one of shape `[1]`; 0 if there is none.
  public subscript(number name: String) -> Float {
    get { tensors[name]?.first ?? 0 }
    set {
      guard tensors[name]?.isEmpty == false else {
        fault = fault ?? "'\(name)', which is not in its plan"
        return
      }
      tensors[name]?[0] = newValue
    }
  }

  /// Throws if the optimizer called `name` accessed something that is not in its plan.
  func check(_ name: String) throws {
    guard let fault else { return }
    throw GliaError(
      "invalid access by the optimizer \(name): \(fault)", expected: "only what its plan provides",
      remedy: "correct the component or its plan")
  }
}
