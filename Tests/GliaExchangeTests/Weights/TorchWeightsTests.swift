import Glia
import GliaExchange
import TestSupport
import Testing

@Suite struct TorchWeightsTests {
  private func code(_ network: Network) throws -> [String] {
    try TorchWeights(Model(network: network)).python(loading: "m.safetensors").split(separator: "\n").map(String.init)
  }

  /// The modules of the printed sequence, without the commas that end them.
  private func modules(_ input: [Int], @NetworkBuilder _ layers: () throws -> [any Layer]) throws -> [String] {
    try code(Network(input: input, layers: layers())).filter { $0.hasPrefix("    nn.") }
      .map { String($0.dropFirst(4).dropLast($0.hasSuffix(",") ? 1 : 0)) }
  }

  @Test func namesFollowTheModules() throws {
    let network = try Network(input: [2], seed: 1) {
      Dense(4, activation: .tanh)
      BatchNorm()
      Dropout(0.25)
      Dense(1, activation: .sigmoid, useBias: false)
    }
    let weights = try TorchWeights(Model(network: network, classes: ["no", "yes"], columns: ["a", "b\nc"]))
    #expect(
      Array(weights.file.tensors.keys) == [
        "0.weight", "0.bias", "2.weight", "2.bias", "2.running_mean", "2.running_var", "4.weight",
      ])
    #expect(weights.file.tensors["0.weight"] == network["layers.0.weight"])
    #expect(weights.file.tensors["2.running_var"] == network["layers.1.running_variance"])
    #expect(weights.file.tensors["4.weight"] == network["layers.3.weight"])
    #expect(weights.file.metadata["format"] == "pt")
    #expect(
      weights.python(loading: #"of "mine".safetensors"#) == #"""
        # Features: a, b\nc
        # Classes: no, yes
        import torch
        from safetensors.torch import load_file
        from torch import nn

        model = nn.Sequential(
            nn.Linear(2, 4),
            nn.Tanh(),
            nn.BatchNorm1d(4, eps=0.001, momentum=1 - 0.99),
            nn.Dropout(0.25),
            nn.Linear(4, 1, bias=False),
            nn.Sigmoid(),
        )
        model.load_state_dict(load_file("of \"mine\".safetensors"))
        model.eval()

        """#)
  }

  @Test(arguments: [
    (CELU(alpha: 2) as any Activation, "CELU(2.0)"), (ELU(alpha: 0.5), "ELU(0.5)"), (GELU(), "GELU()"),
    (GELU(approximate: true), "GELU(approximate=\"tanh\")"), (HardSigmoid(), "Hardsigmoid()"),
    (HardSiLU(), "Hardswish()"), (HardTanh(), "Hardtanh()"), (LeakyReLU(), "LeakyReLU(0.01)"),
    (LogSigmoid(), "LogSigmoid()"), (LogSoftmax(), "LogSoftmax(dim=-1)"), (Mish(), "Mish()"), (ReLU(), "ReLU()"),
    (ReLU6(), "ReLU6()"), (SELU(), "SELU()"), (Sigmoid(), "Sigmoid()"), (SiLU(), "SiLU()"),
    (Softmax(), "Softmax(dim=-1)"), (Softplus(), "Softplus()"), (Softsign(), "Softsign()"), (Tanh(), "Tanh()"),
  ])
  func activationsAreModules(activation: any Activation, python: String) throws {
    var dense = Dense(3)
    dense.activation = activation
    #expect(try modules([2]) { dense } == ["nn.Linear(2, 3)", "nn.\(python)"])
  }

  @Test func containersBecomePartOfTheSequence() throws {
    let network = try Network(input: [2], seed: 1) {
      Sequential { Dense(2, activation: .relu) }
      Repeated(2) {
        PReLU()
        Sequential { LayerNorm() }
      }
    }
    let file = try TorchWeights(Model(network: network)).file
    #expect(
      Array(file.tensors.keys) == [
        "0.weight", "0.bias", "2.weight", "3.weight", "3.bias", "4.weight", "5.weight", "5.bias",
      ])
    #expect(file.tensors["4.weight"] == network["layers.1.layers.2.slope"])
    #expect(file.tensors["5.bias"] == network["layers.1.layers.3.layers.0.bias"])
  }

  @Test func shapesAreKept() throws {
    let reshaped = try modules([6]) {
      Reshape(2, -1)
      Reshape(3, 2)
      RMSNorm()
      PReLU(shared: true)
      Flatten()
      Reshape(6)
      ActivationLayer(.linear)
      AlphaDropout(0.1)
      GaussianNoise()
    }
    #expect(
      reshaped == [
        "nn.Unflatten(1, (2, 3))", "nn.Flatten()", "nn.Unflatten(1, (3, 2))",
        "nn.RMSNorm(2, eps=1e-06),  # PyTorch 2.4 or later", "nn.PReLU(1)",
        "nn.Flatten()", "nn.Flatten()", "nn.Identity()", "nn.AlphaDropout(0.1)",
        "nn.Identity(),  # gaussian_noise, which only acts in training",
      ])
    #expect(try modules([2]) { BatchNorm(momentum: 1, epsilon: 0.5) } == ["nn.BatchNorm1d(2, eps=0.5, momentum=None)"])
  }

  @Test func indicesAreWholeNumbers() throws {
    let layers: [any Layer] = [Reshape(2, 1), Embedding(5, 3), Flatten(), Dense(1)]
    let lines = try code(Network(input: [2], layers: layers))
    #expect(lines.contains("    nn.Embedding(5, 3),"))
    #expect(
      lines.suffix(5) == [
        "def predict(x):", "    x = x.long()", "    with torch.no_grad():", "        y = model(x)", "    return y",
      ])
  }

  @Test func maskedWeightsAreZero() throws {
    var network = try Network(input: [2]) { MaskedDense([[1, 0], [0, 1]]) }
    try network.set("layers.0.weight", to: Tensor(shape: [2, 2], [1, 2, 3, 4]))
    let weights = try TorchWeights(Model(network: network))
    #expect(weights.file.tensors["0.weight"]?.values == [1, 0, 0, 4])
    #expect(weights.python(loading: "m").contains("nn.Linear(2, 2),  # masked_dense: the weights outside its mask are"))
  }

  @Test func scalingIsAppliedInPython() throws {
    let standardization = try Standardization(mean: [1_600_000_000.5, 2], scale: [0.1, 4], fill: [3, 5])
    var model = try Model(
      network: Network(input: [2]) { Dense(1, activation: .sigmoid) }, columns: ["a", "b"], targets: ["y"],
      preprocessing: Preprocessing(standardization: standardization),
      targetScaling: TargetScaling(transform: .log1p, standardization: Standardization(mean: [7], scale: [0.5])))
    (model.fitted.temperature, model.fitted.threshold) = (1.5, 0.25)
    let weights = try TorchWeights(model)
    #expect(weights.file.metadata["glia.mean"] == "[1600000000.5,2.0]")
    #expect(weights.file.metadata["glia.scale"] == "[0.1,4.0]")
    #expect(weights.file.metadata["glia.fill"] == "[3.0,5.0]")
    #expect(weights.file.metadata["glia.target_scale"] == "[0.5]")
    let code = weights.python(loading: "m")
    #expect(code.contains("# Targets: y\n# Decision threshold: 0.25\nimport json\n"))
    #expect(
      code.hasSuffix(
        """


        def predict(x):
            x = x.double()
            x = torch.where(x.isnan(), fill, x)
            x = ((x - mean) / scale).float()
            with torch.no_grad():
                y = model[-1](model[:-1](x) / 1.5)
            y = y.double()
            y = y * target_scale + target_mean
            y = y.expm1()
            return y

        """))
  }

  private static func stack(_ layers: any Layer...) -> any Layer { Sequential { layers } }

  @Test(arguments: [
    (Residual { Dense(2) } as any Layer, "residual"), (Maxout(2), "maxout"), (RadialBasis(2), "radial_basis"),
    (Highway(), "highway"), (Parallel(.add) { Dense(2) }, "parallel"),
    (ActivationLayer(.exponential), "activation exponential"), (Dense(2, activation: .sparsemax), "sparsemax"),
    (Dense(2, activation: Softmax(temperature: 2)), "softmax with temperature 2.0"),
    (Sequential { Residual { Dense(2) } }, "residual"),
    (stack(Reshape(1, 2), BatchNorm(), Flatten()), "batch_norm"), (stack(Reshape(1, 2), PReLU()), "prelu"),
    (stack(Dropout(), Embedding(2, 1)), "embedding"),
  ])
  func otherLayersAreRefused(layer: any Layer, name: String) throws {
    let network = try Network(input: [2], layers: [Flatten(), layer])
    let error = #expect(throws: GliaError.self) { try TorchWeights(Model(network: network)) }
    #expect(error?.what.contains(name) == true, "\(String(describing: error))")
    #expect(error?.place?.hasPrefix("network.layers.1") == true)
    #expect(error?.remedy?.contains("--onnx") == true)
  }

  @Test func weightsComeBack() throws {
    let network = try Network(input: [3], seed: 5) {
      Repeated(6) {
        Dense(3, activation: .tanh)
        BatchNorm()
      }
      PReLU()
    }
    var other = network
    other.initialize(seed: 6)
    let assignment = try other.setWeights(TorchWeights(Model(network: network)).file)
    #expect(other.parameters == network.parameters && other.state == network.state)
    #expect(assignment.remarks.isEmpty && !assignment.isByName)
  }
}
