/// Reverse-mode differentiation: records operations as they are executed, and traverses them backward once.
final class Tape {
  /// A number on the tape.
  struct Variable {
    let tape: Tape
    let index: Int
    let value: Double

    static func + (a: Variable, b: Variable) -> Variable {
      a.tape.record(a.value + b.value, [(a.index, 1), (b.index, 1)])
    }
    static func * (a: Variable, b: Variable) -> Variable {
      a.tape.record(a.value * b.value, [(a.index, b.value), (b.index, a.value)])
    }
    static func + (a: Variable, b: Double) -> Variable { a.tape.record(a.value + b, [(a.index, 1)]) }
  }

  /// For every number, its operands and its derivatives with respect to them.
  private var sources: [[(index: Int, slope: Double)]] = []
  /// The number of backward passes over the tape.
  private(set) var sweeps = 0

  func variable(_ value: Double) -> Variable { record(value, []) }

  private func record(_ value: Double, _ from: [(index: Int, slope: Double)]) -> Variable {
    sources.append(from)
    return Variable(tape: self, index: sources.count - 1, value: value)
  }

  /// The derivatives of `output` with respect to every number on the tape.
  func gradient(of output: Variable) -> [Double] {
    sweeps += 1
    var gradient = [Double](repeating: 0, count: sources.count)
    gradient[output.index] = 1
    for index in sources.indices.reversed() {
      for (source, slope) in sources[index] { gradient[source] += gradient[index] * slope }
    }
    return gradient
  }
}
