import Glia
import Testing
import TestSupport

@testable import GliaExchange

@Suite("Recorded computations")
struct SymbolicTests {
  @Test("every layer and activation of the registry is recorded as it computes")
  func registry() throws {
    let all = try ExportModel.components()
    #expect(all.count > 60)
    for item in all {
      let symbolic = try SymbolicModel(item.model)
      let expected = try item.model.predict(item.samples)
      var interpreter = SymbolicInterpreter(symbolic.graph)
      for row in 0..<item.samples.rows {
        let outputs = interpreter.run(symbolic.outputs, item.samples[row: row].map(Double.init))
        #expect(
          outputs.map { Float($0) }.isNear(Array(expected[row: row]), within: 3e-6), "\(item), sample \(row)")
      }
    }
  }

  @Test("a formula with conditions is recorded with all its branches")
  func branches() throws {
    struct Steps: ElementwiseActivation {
      static let name = "steps"
      func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
        if z < -1 { return z < -2 ? 4 : 3 }
        return max(z, 0) + (z >= 1 ? 1 : 0)
      }
    }
    let graph = SymbolicGraph()
    let x = graph.append(SymbolicNode(operation: .input(0), shape: [6]))
    var interpreter = SymbolicInterpreter(graph)
    let outputs = interpreter.run(try Steps().traced(x), [-3, -1.5, -1, 0.5, 1, 2])
    #expect(outputs == [4, 3, 0, 0.5, 2, 3])
  }

  @Test("a formula that waits for a condition ends, and is refused")
  func endless() {
    struct Endless: ElementwiseActivation {
      static let name = "endless"
      func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
        var z = z
        while z > 1 { z = z * 0.5 }
        return z
      }
    }
    let graph = SymbolicGraph()
    let x = graph.append(SymbolicNode(operation: .input(0), shape: [1]))
    #expect(throws: GliaError.self) { try Endless().traced(x) }
  }

  @Test("a layer given by a formula needs no conformance")
  func formula() throws {
    struct Quadratic: FormulaLayer {
      static let name = "quadratic"
      func plan(input: [Int]) throws -> LayerPlan {
        let n = try input.elementCount()
        let a = ParameterPlan("a", shape: [2, n, n], initializer: .glorotUniform)
        return try LayerPlan(output: [2], parameters: [a, ParameterPlan("b", shape: [2])])
      }
      func callAsFunction<T: DifferentiableNumber>(
        _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
      ) {
        let a = parameters["a"]
        let b = parameters["b"]
        for k in y.indices {
          y[k] = b[k] + .sum(over: x.indices) { i in x[i] * .sum(over: x.indices) { j in a[k, i, j] * x[j] } }
        }
      }
    }
    let model = Model(network: try Network(input: [3], seed: 1, layers: [Quadratic(), Dense(2, activation: .tanh)]))
    let symbolic = try SymbolicModel(model)
    var interpreter = SymbolicInterpreter(symbolic.graph)
    let expected = try model.predict(Tensor(rows: [[0.5, -1, 2]]))
    #expect(
      interpreter.run(symbolic.outputs, [0.5, -1, 2]).map { Float($0) }.isNear(expected.values, within: 1e-6))
  }

  @Test("a component without formula or conformance is named with what to do")
  func refusal() throws {
    struct Opaque: Layer {
      static let name = "opaque"
      func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }
      func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) { y.copy(x) }
      func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
        dx.copy(dy.view)
      }
    }
    let model = Model(network: try Network(input: [2], layers: [Dense(2), Opaque()]))
    let error = #expect(throws: GliaError.self) { try SymbolicModel(model) }
    #expect(error?.description.contains("the layer opaque cannot be exported") == true)
    #expect(error?.place == "network.layers.1 (opaque)")
    #expect(error?.remedy?.contains("ExportableLayer") == true)
  }
}
