import Glia

/// What the values of a graph that depend on its input are computed by: steps, each one after those that it uses.
struct ONNXFlow {
  /// How a step is computed from those before it.
  enum Operation {
    /// The samples.
    case input
    /// A function of every number; `pieces` are the same function for `count` numbers, if there are any.
    case function((Double) -> Double, pieces: (_ count: Int) -> [ImportedPiece]?)
    /// A function of the numbers of two steps.
    case combination(Combination)
    /// One number for every row.
    case reduction(Reduction)
    /// Known pieces.
    case pieces([ImportedPiece])
    /// The rows side by side.
    case concatenation
    /// The probabilities 1 - p and p.
    case complement
    /// The numbers of the second step where those of the first are not 0, elsewhere those of the third.
    case choice
  }

  /// Comparisons give 1 or 0.
  enum Combination {
    case add, subtract, multiply, divide, power, minimum, maximum, greater, greaterOrEqual, less, lessOrEqual
  }
  enum Reduction { case mean, sum, maximum, squareSum, norm }

  struct Step {
    let operation: Operation
    /// The steps that it uses.
    let operands: [Int]
    /// The shape of a sample.
    let shape: [Int]
    /// The node, for messages.
    let place: String
    /// The last step through which every way from the input leads.
    fileprivate(set) var dominator = 0
    fileprivate var depth = 0

    init(_ operation: Operation, _ operands: [Int], shape: [Int], at place: String) {
      (self.operation, self.operands, self.shape, self.place) = (operation, operands, shape, place)
    }

    /// The number of values in a sample.
    var count: Int { shape.reduce(1, *) }
  }

  private(set) var steps: [Step]
  private let budget: ImportBudget

  /// Creates a flow of samples of the given shape.
  init(input: [Int], budget: ImportBudget) {
    self.budget = budget
    steps = [Step(.input, [], shape: input, at: "input")]
  }

  /// Adds a step and returns its index.
  mutating func append(_ step: Step) throws -> Int {
    // As many as a network may have layers.
    guard steps.count < 10_000, let count = try? step.shape.elementCount(), (1...1 << 24).contains(count) else {
      throw GliaError(
        "the graph is too large", at: step.place,
        expected: "at most 10,000 operations on samples of at most \((1 << 24).grouped) numbers")
    }
    switch step.operation {
    case .pieces, .function: try budget.charge(count, at: step.place)
    case .input, .combination, .choice, .reduction, .concatenation, .complement: break
    }
    var step = step
    step.dominator = step.operands.dropFirst().reduce(step.operands.first ?? 0, common)
    step.depth = steps[step.dominator].depth + 1
    steps.append(step)
    return steps.count - 1
  }

  private func common(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while a != b {
      if steps[a].depth < steps[b].depth { swap(&a, &b) }
      a = steps[a].dominator
    }
    return a
  }

  /// Returns the steps through which every way from `start` to `end` leads, without `start`.
  func path(from start: Int, to end: Int) -> [Int] {
    var (path, step) = ([Int](), end)
    while step != start, step != 0 {
      path.append(step)
      step = steps[step].dominator
    }
    return path.reversed()
  }

  /// Returns what a sum adds: the operands of the sums that it consists of, after `start`.
  func terms(of sum: Int, from start: Int) -> [Int] {
    var (terms, open): ([Int], [Int]) = ([], [sum])
    while let index = open.popLast() {
      let step = steps[index]
      if index != start, case .combination(.add) = step.operation,
        step.operands.allSatisfy({ steps[$0].shape == step.shape }), open.count + terms.count < 1000
      {
        open += step.operands.reversed()
      } else {
        terms.append(index)
      }
    }
    return terms
  }

  /// Returns all steps between `start` and `end`, without `start`, in order; nil if there are more than `limit`.
  func region(from start: Int, to end: Int, limit: Int) -> [Int]? {
    var (found, open): (Set<Int>, [Int]) = ([end], [end])
    while let step = open.popLast() {
      for operand in steps[step].operands where operand != start && found.insert(operand).inserted {
        open.append(operand)
      }
      guard found.count <= limit else { return nil }
    }
    return found.sorted()
  }
}
