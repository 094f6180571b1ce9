import GliaCore
import RealModule

@testable import GliaExchange

/// Carries out a recorded computation for one sample, number by number: the reference for what an export must compute.
struct SymbolicInterpreter {
  let graph: SymbolicGraph
  private var results: [Int: [Double]] = [:]

  init(_ graph: SymbolicGraph) { self.graph = graph }

  /// Returns the outputs for the features of one sample.
  mutating func run(_ output: SymbolicTensor, _ features: [Double]) -> [Double] {
    guard let last = output.place?.index else { return [] }
    for index in graph.reachable(from: [last]) {
      let node = graph[index]
      let values = compute(node, features)
      results[index] = node.element == .float ? values.map { Double(Float($0)) } : values
    }
    return results[last] ?? []
  }

  private func compute(_ node: SymbolicNode, _ features: [Double]) -> [Double] {
    func operand(_ index: Int) -> [Double] { results[node.inputs[index]] ?? [] }
    func shape(_ index: Int) -> [Int] { graph[node.inputs[index]].shape }
    func broadcast(_ index: Int) -> [Double] { Self.broadcast(operand(index), shape(index), to: node.shape) }
    func rows(_ body: ([Double]) -> [Double]) -> [Double] {
      let width = shape(0).last ?? 1
      return stride(from: 0, to: operand(0).count, by: width).flatMap { body(Array(operand(0)[$0..<$0 + width])) }
    }
    switch node.operation {
    case .input: return features
    case .constant: return node.operation.constants ?? []
    case .unary(let function): return operand(0).map { function($0) }
    case .binary(let function): return zip(broadcast(0), broadcast(1)).map { function($0, $1) }
    case .select:
      return zip(broadcast(0), zip(broadcast(1), broadcast(2))).map { $0 == 1 ? $1.0 : $1.1 }
    case .product:
      let (units, inputs) = (shape(1)[0], shape(1)[1])
      let weight = operand(1)
      let bias = node.inputs.count == 3 ? operand(2) : [Double](repeating: 0, count: units)
      return rows { x in
        (0..<units).map { unit in
          var sum = bias[unit]
          for i in 0..<inputs { sum += x[i] * weight[unit * inputs + i] }
          return sum
        }
      }
    case .reduce(.sum): return rows { [$0.reduce(0, +)] }
    case .reduce(.mean): return rows { [$0.reduce(0, +) / Double($0.count)] }
    case .reduce(.maximum): return rows { [$0.max() ?? 0] }
    case .softmax: return rows(Self.softmax)
    case .logSoftmax:
      return rows { x in
        let most = x.max() ?? 0
        let sum = x.reduce(0) { $0 + .exp($1 - most) }
        return x.map { $0 - most - .log(sum) }
      }
    case .sortDescending: return rows { $0.sorted(by: >) }
    case .cumulativeSum:
      return rows { x in
        var sum = 0.0
        return x.map { number in
          sum += number
          return sum
        }
      }
    case .pick(let indices): return indices.map { operand(0)[$0] }
    case .concatenate:
      let count = shape(0).dropLast().reduce(1, *)
      return (0..<count).flatMap { row in
        node.inputs.indices.flatMap { index in
          let width = shape(index).last ?? 1
          return operand(index)[row * width..<(row + 1) * width]
        }
      }
    case .reshape, .cast: return operand(0)
    case .lookup:
      let width = shape(1)[1]
      return operand(0).flatMap { number in
        guard let row = Int(exactly: number), (0..<shape(1)[0]).contains(row) else {
          return [Double](repeating: .nan, count: width)
        }
        return Array(operand(1)[row * width..<(row + 1) * width])
      }
    }
  }

  private static func softmax(_ x: [Double]) -> [Double] {
    let most = x.max() ?? 0
    let powers = x.map { Double.exp($0 - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// Returns the numbers of a tensor in a larger shape, as NumPy broadcasts them.
  private static func broadcast(_ values: [Double], _ shape: [Int], to wanted: [Int]) -> [Double] {
    let padded = Array(repeating: 1, count: wanted.count - shape.count) + shape
    return (0..<wanted.reduce(1, *)).map { index in
      var (rest, place, stride) = (index, 0, 1)
      for axis in wanted.indices.reversed() {
        if padded[axis] > 1 { place += rest % wanted[axis] * stride }
        stride *= padded[axis]
        rest /= wanted[axis]
      }
      return values[place]
    }
  }
}
