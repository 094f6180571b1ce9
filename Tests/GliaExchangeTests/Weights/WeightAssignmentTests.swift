import Foundation
import Glia
@testable import GliaExchange
import TestSupport
import Testing

@Suite struct WeightAssignmentTests {
  /// The state of a module with linear layers fc1, fc2 and out, a batch normalization bn1 and a layer normalization ln2, as
  /// safetensors.torch.save_file writes it (PyTorch 2.13, safetensors 0.8): in float64, float32, bfloat16 and float16, and
  /// `num_batches_tracked` in int64.
  private static let torch = """
    aAMAAAAAAAB7ImJuMS5udW1fYmF0Y2hlc190cmFja2VkIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOltdLCJkYXRhX29mZnNldHMiOlswLDhdfS\
    wiZmMxLmJpYXMiOnsiZHR5cGUiOiJGNjQiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOls4LDMyXX0sImZjMS53ZWlnaHQiOnsiZHR5cGUi\
    OiJGNjQiLCJzaGFwZSI6WzMsMl0sImRhdGFfb2Zmc2V0cyI6WzMyLDgwXX0sImJuMS5iaWFzIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlszXS\
    wiZGF0YV9vZmZzZXRzIjpbODAsOTJdfSwiYm4xLnJ1bm5pbmdfbWVhbiI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0\
    cyI6WzkyLDEwNF19LCJibjEucnVubmluZ192YXIiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOlsxMDQsMTE2XX\
    0sImJuMS53ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOlsxMTYsMTI4XX0sImZjMi5iaWFzIjp7ImR0\
    eXBlIjoiQkYxNiIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzEyOCwxMzRdfSwiZmMyLndlaWdodCI6eyJkdHlwZSI6IkJGMTYiLCJzaG\
    FwZSI6WzMsM10sImRhdGFfb2Zmc2V0cyI6WzEzNCwxNTJdfSwibG4yLmJpYXMiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzNdLCJkYXRhX29m\
    ZnNldHMiOlsxNTIsMTU4XX0sImxuMi53ZWlnaHQiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOlsxNTgsMTY0XX\
    0sIm91dC5iaWFzIjp7ImR0eXBlIjoiRjE2Iiwic2hhcGUiOlsxXSwiZGF0YV9vZmZzZXRzIjpbMTY0LDE2Nl19LCJvdXQud2VpZ2h0Ijp7ImR0\
    eXBlIjoiRjE2Iiwic2hhcGUiOlsxLDNdLCJkYXRhX29mZnNldHMiOlsxNjYsMTcyXX19ICAgIAAAAAAAAAAAAAAAAAAA9j8AAAAAAADYPwAAAA\
    AAAOw/AAAAAAAA8j8AAAAAAADYvwAAAAAAAPS/AAAAAAAA5L8AAAAAAADovwAAAAAAAMA/AABgPwAAkD8AAIA+AAAgPwAAkD8AAMA+AACAPgAA\
    YD8AAIA/AAAAvgAAID8AAGA/gD/APkA/sL9gv+A/gL7APiA/kD8APtC/gL0AOQC+ALoAPQA9gD6APQA6gL0=
    """

  private func file(_ tensors: (name: String, shape: [Int])...) throws -> SafeTensors {
    var file = SafeTensors()
    for (name, shape) in tensors {
      let count = shape.reduce(1, *)
      file.tensors[name] = try Tensor(shape: shape, (0..<count).map { Float($0 + 1) })
    }
    return file
  }

  private func sources(_ file: SafeTensors, _ network: Network) throws -> [String] {
    try WeightAssignment(of: file, to: network).pairs.map(\.source)
  }

  @Test func aModuleOfPyTorchPredictsTheSame() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: path) }
    try #require(Data(base64Encoded: Self.torch)).write(to: path)
    var network = try Network(input: [2]) {
      Dense(3)
      BatchNorm(epsilon: 1e-5)
      ActivationLayer(.relu)
      Dense(3, activation: .tanh)
      LayerNorm(epsilon: 1e-5)
      Dense(1)
    }
    let assignment = try network.setWeights(fromFile: path.path)
    #expect(
      assignment.pairs.map(\.source) == [
        "fc1.weight", "fc1.bias", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "fc2.weight",
        "fc2.bias", "ln2.weight", "ln2.bias", "out.weight", "out.bias",
      ])
    #expect(assignment.remarks.isEmpty && !assignment.isByName)
    // As PyTorch computes them.
    let y = try network.predict(Tensor(rows: [[0.5, -1], [2, 0.25], [-1.5, 3]]))
    #expect(y.values.isNear([2.040926694869995, -1.092188835144043, 4.552450180053711]))
  }

  @Test func kernelsAreTransposed() throws {
    var network = try Network(input: [2]) {
      Dense(2)
      BatchNorm()
      Dense(3)
    }
    let keras = try file(
      ("sequential/batch_normalization/beta:0", [2]), ("sequential/batch_normalization/gamma:0", [2]),
      ("sequential/batch_normalization/moving_mean:0", [2]), ("sequential/batch_normalization/moving_variance:0", [2]),
      ("sequential/dense/bias:0", [2]), ("sequential/dense/kernel:0", [2, 2]), ("sequential/dense_1/bias:0", [3]),
      ("sequential/dense_1/kernel:0", [2, 3]))
    let assignment = try network.setWeights(keras)
    #expect(network["layers.0.weight"] == (try Tensor(shape: [2, 2], [1, 3, 2, 4])))
    #expect(network["layers.2.weight"] == (try Tensor(shape: [3, 2], [1, 4, 2, 5, 3, 6])))
    #expect(network["layers.1.running_variance"]?.values == [1, 2])
    #expect(assignment.pairs.filter(\.isTransposed).map(\.name) == ["layers.0.weight", "layers.2.weight"])
    #expect(assignment.table.contains("sequential/dense_1/kernel:0") && assignment.table.contains("[3, 2], transposed"))
    #expect(assignment.remarks.isEmpty)
  }

  @Test func numbersInNamesAreAnOrder() throws {
    let network = try Network(input: [2]) { Repeated(12) { Dense(2, useBias: false) } }
    var sorted = SafeTensors()
    for name in (0..<12).map({ "\($0).weight" }).sorted() {
      sorted.tensors[name] = try Tensor(shape: [2, 2], [1, 2, 3, 4])
    }
    let assignment = try WeightAssignment(of: sorted, to: network)
    #expect(assignment.pairs.map(\.source) == (0..<12).map { "\($0).weight" })
    #expect(assignment.remarks.isEmpty)
  }

  @Test func otherNamesAreTakenInTheirOrder() throws {
    let network = try Network(input: [2]) {
      Dense(2)
      Dense(2)
    }
    let given = try file(("up.weight", [2, 2]), ("up.bias", [2]), ("down.weight", [2, 2]), ("down.bias", [2]))
    let assignment = try WeightAssignment(of: given, to: network)
    #expect(assignment.pairs.map(\.source) == ["down.weight", "down.bias", "up.weight", "up.bias"])
    #expect(assignment.remarks == ["down, up have the same shapes; they were taken in this order of their names"])
  }

  /// A bias belongs to the weight of its own layer, wherever the order alone would put it.
  @Test func layersStayWhole() throws {
    let network = try Network(input: [2]) {
      Dense(2)
      Dense(2, useBias: false)
    }
    let given = try file(("a.weight", [2, 2]), ("b.weight", [2, 2]), ("b.bias", [2]))
    #expect(try sources(given, network) == ["b.weight", "b.bias", "a.weight"])
  }

  @Test func contradictoryNumbersAreRefused() throws {
    let network = try Network(input: [2]) {
      Dense(3)
      Dense(2)
    }
    let given = try file(("0.weight", [2, 3]), ("0.bias", [2]), ("1.weight", [3, 2]), ("1.bias", [3]))
    let error = #expect(throws: GliaError.self) { try WeightAssignment(of: given, to: network) }
    #expect(error?.what == "by their shapes, the file's '1' would come before '0'")
  }

  @Test func whatDoesNotFitIsListed() throws {
    let network = try Network(input: [2]) {
      Dense(3)
      Dense(1)
    }
    let given = try file(("a.weight", [4, 2]), ("a.bias", [4]), ("b.kernel", [3, 1]), ("b.bias", [1]))
    let error = #expect(throws: GliaError.self) { try WeightAssignment(of: given, to: network) }
    #expect(
      error?.remedy == """
        give the experiment the layers of the network that wrote the file
        only in the network                        only in the file
        ──────────────────────────────────────────────────────────────────────
        layers.0.weight [3, 2], layers.0.bias [3]  a.bias [4], a.weight [4, 2]
        """)
    var many = SafeTensors()
    for index in 0..<100 { many.tensors["\(index).weight"] = try Tensor(shape: [1], [0]) }
    let long = #expect(throws: GliaError.self) { try WeightAssignment(of: many, to: network) }
    #expect(long?.remedy?.split(separator: "\n").count == 24)
    #expect(long?.remedy?.contains("… and 80 more") == true)
    // Names of the network decide, even if layers in another order would fit.
    let swapped = try file(
      ("layers.0.weight", [1, 3]), ("layers.0.bias", [1]), ("layers.1.weight", [3, 2]), ("layers.1.bias", [3]))
    let named = #expect(throws: GliaError.self) { try WeightAssignment(of: swapped, to: network) }
    #expect(named?.remedy?.contains("layers.0.weight [3, 2]  layers.0.weight [1, 3]") == true)
    #expect(throws: GliaError.self) { try WeightAssignment(of: SafeTensors(), to: network) }
  }

  @Test func unknownNamesAreTakenInOrder() throws {
    let network = try Network(input: [2]) { Dense(3) }
    let assignment = try WeightAssignment(of: file(("x2", [3]), ("x1", [3, 2])), to: network)
    #expect(assignment.pairs.map(\.source) == ["x1", "x2"] && assignment.remarks.count == 1)
    #expect(throws: GliaError.self) { try WeightAssignment(of: file(("x1", [3]), ("x2", [3, 2])), to: network) }
  }

  @Test func normalizationsOfPyTorchHaveAnotherEpsilon() throws {
    let network = try Network(input: [2]) { Sequential { LayerNorm() } }
    let remarks = try WeightAssignment(of: file(("ln.weight", [2]), ("ln.bias", [2])), to: network).remarks
    #expect(remarks.count == 1 && remarks.first?.contains("layer_norm here has 0.001") == true)
  }

  @Test func numbersThatAreNotFiniteAreRefused() throws {
    var network = try Network(input: [1]) { Dense(1, useBias: false) }
    let given = SafeTensors(tensors: ["0.weight": try Tensor(shape: [1, 1], [.nan])])
    #expect(throws: GliaError.self) { try network.setWeights(given) }
  }

  @Test(arguments: [
    ("fc1.weight", "fc1", "weight"), ("0.running_var", "0", "running_variance"),
    ("dense_1/kernel:0", "dense_1", "weight"),
    ("params/Dense_0/kernel", "Dense_0", "weight"), ("batch_stats.BatchNorm_0.var", "BatchNorm_0", "running_variance"),
    ("fc1_bias", "fc1", "bias"), ("W12", "12", "weight"), ("b", "", "bias"), ("bn/moving_mean", "bn", "running_mean"),
    ("weight_3", "3", "weight"), ("net.b2", "net.2", "bias"), ("layers.0.slope", "layers.0", "weight"),
    ("embed.embeddings", "embed", "weight"), ("layers.0.centers", "layers.0", "centers"), ("clamp", "", "clamp"),
    ("", "", ""), (":", "", ""), ("...", "..", ""), ("12", "", "12"), ("_weight", "", "weight"),
  ])
  func namesAreUnderstood(name: String, layer: String, role: String) {
    let parsed = WeightName(name)
    #expect(parsed.layer == layer && parsed.role == role, "\(parsed)")
  }

  @Test func namesAreInNaturalOrder() {
    let digits = String(repeating: "9", count: 100)
    let names = ["dense", "dense_1", "dense_2", "dense_10", "dense_010a", "dense_\(digits)", "dense_1\(digits)", "e"]
    #expect(names.reversed().sorted { NaturalOrder($0) < NaturalOrder($1) } == names)
  }
}
