import Glia

// Activations that ONNX has an operator for, and those that are not given by a formula for one number.

extension ReLU: ExportableActivation {
  /// Records max(z, 0).
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor { try traced(z).equivalent(to: "Relu", [z]) }
}

extension LeakyReLU: ExportableActivation {
  /// Records the formula.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    try traced(z).equivalent(to: "LeakyRelu", [z], ["alpha": .float(negativeSlope)])
  }
}

extension ELU: ExportableActivation {
  /// Records the formula.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    try traced(z).equivalent(to: "Elu", [z], ["alpha": .float(alpha)])
  }
}

extension CELU: ExportableActivation {
  /// Records the formula.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    try traced(z).equivalent(to: "Celu", [z], ["alpha": .float(alpha)])
  }
}

extension SELU: ExportableActivation {
  /// Records the formula.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    try traced(z).equivalent(
      to: "Selu", [z], ["alpha": .float(1.673_263_2), "gamma": .float(1.050_701)])
  }
}

extension GELU: ExportableActivation {
  /// Records the formula.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    try traced(z).equivalent(to: "Gelu", [z], ["approximate": .text(approximate ? "tanh" : "none")])
  }
}

extension Mish: ExportableActivation {
  /// Records z tanh(softplus(z)).
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor { try traced(z).equivalent(to: "Mish", [z]) }
}

extension Softsign: ExportableActivation {
  /// Records z / (1 + |z|).
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    (z / (1 + z.magnitude)).equivalent(to: "Softsign", [z])
  }
}

extension HardSigmoid: ExportableActivation {
  /// Records the formula.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    try traced(z).equivalent(to: "HardSigmoid", [z], ["alpha": .float(1 / 6), "beta": .float(0.5)])
  }
}

extension HardSiLU: ExportableActivation {
  /// Records the formula.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    try traced(z).equivalent(to: "HardSwish", [z])
  }
}

extension Sign: ExportableActivation {
  /// Records the formula.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor { try traced(z).equivalent(to: "Sign", [z]) }
}

extension Softmax: ExportableActivation {
  /// Records the softmax of z/T.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    (temperature == 1 ? z : z * SymbolicTensor(1 / temperature)).softmax()
  }
}

extension LogSoftmax: ExportableActivation {
  /// Records the logarithm of the softmax.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor { z.logSoftmax() }
}

extension Sparsemax: ExportableActivation {
  /// Records max(z - τ, 0), with τ found in the sorted numbers.
  ///
  /// Source: Martins and Astudillo, "From softmax to sparsemax" (2016), algorithm 1.
  public func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor {
    guard let graph = z.place?.graph, let width = z.shape.last else { return z }
    let shifted = z - z.maximum()
    let sorted = shifted.sortedDescending()
    let ranks = SymbolicTensor((1...max(width, 1)).map(Double.init), shape: [width], in: graph)
    let sums = sorted.cumulativeSum()
    let isSupported = (sums - 1).less(than: ranks * sorted)
    let supported = SymbolicTensor.select(isSupported, 1, 0)
    let threshold = (SymbolicTensor.select(isSupported, sorted, 0).sum() - 1) / supported.sum()
    return .maximum(shifted - threshold, 0)
  }
}
