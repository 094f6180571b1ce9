import Glia

extension ActivationLayer: ExportableLayer {
  /// Records the activation.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    try activation.exported(x)
  }
}

extension AlphaDropout: ExportableLayer {
  /// Returns `x`, as in prediction.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) -> SymbolicTensor { x }
}

extension Dropout: ExportableLayer {
  /// Returns `x`, as in prediction.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) -> SymbolicTensor { x }
}

extension GaussianNoise: ExportableLayer {
  /// Returns `x`, as in prediction.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) -> SymbolicTensor { x }
}

extension BatchNorm: ExportableLayer {
  /// Records the normalization by the running averages.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    let (weight, bias) = (try context["weight"], try context["bias"])
    let (mean, variance) = (try context["running_mean"], try context["running_variance"])
    let inverses = try context.tensor("running_variance").values.map { Double(1 / ($0 + epsilon).squareRoot()) }
    let inverse = SymbolicTensor(inverses, shape: mean.shape, in: context.graph)
    let y = (x - mean) * inverse * weight + bias
    // ONNX counts features on the axis after the batch.
    guard x.shape.count == 1 else { return y }
    return y.equivalent(
      to: "BatchNormalization", [x, weight, bias, mean, variance], ["epsilon": .float(epsilon)])
  }
}

extension Dense: ExportableLayer {
  /// Records f(x Wᵀ + b).
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    try activation.exported(x.product(context["weight"], bias: useBias ? context["bias"] : nil))
  }
}

extension Embedding: ExportableLayer {
  /// Records the choice of a row for each index.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    try x.rows(of: context["weight"])
  }
}

extension EntityEmbedding: ExportableLayer {
  /// Records the inputs that are not indices, then a row for each index.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    let places = Set(columns.map(\.place))
    let others = (0..<x.shape.reduce(1, *)).filter { !places.contains($0) }
    let embedded = try columns.enumerated().map { index, column in
      try x.elements([column.place]).rows(of: context["weight_\(index)"]).reshaped([column.units])
    }
    return .concatenating((others.isEmpty ? [] : [x.elements(others)]) + embedded)
  }
}

extension Flatten: ExportableLayer {
  /// Records one axis.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) -> SymbolicTensor {
    x.reshaped(context.plan.output)
  }
}

extension Reshape: ExportableLayer {
  /// Records the other shape.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) -> SymbolicTensor {
    x.reshaped(context.plan.output)
  }
}

extension Highway: ExportableLayer {
  /// Records g f(x Wᵀ + b) + (1 - g) x.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    let hidden = try activation.exported(x.product(context["weight"], bias: context["bias"]))
    let gate = try SymbolicTensor.sigmoid(x.product(context["gate_weight"], bias: context["gate_bias"]))
    return gate * hidden + (1 - gate) * x
  }
}

extension LayerNorm: ExportableLayer {
  /// Records the normalization over the last axis.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    let (weight, bias) = (try context["weight"], try context["bias"])
    let centered = x - x.mean()
    let variance = (centered * centered).mean()
    return (centered / .sqrt(variance + SymbolicTensor(epsilon)) * weight + bias).equivalent(
      to: "LayerNormalization", [x, weight, bias], ["axis": .int(-1), "epsilon": .float(epsilon)])
  }
}

extension RMSNorm: ExportableLayer {
  /// Records x / √(mean of x² + ε), weighted.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    try x / .sqrt((x * x).mean() + SymbolicTensor(epsilon)) * context["weight"]
  }
}

extension MaskedDense: ExportableLayer {
  /// Records f(x (W ∘ mask)ᵀ + b).
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    let weight = try context.tensor("weight")
    let masked = zip(weight.values, mask.joined()).map { $1 == 0 ? 0 : Double($0) }
    let product = try x.product(
      SymbolicTensor(masked, shape: weight.shape, in: context.graph), bias: useBias ? context["bias"] : nil)
    return try activation.exported(product)
  }
}

extension Maxout: ExportableLayer {
  /// Records the maximum of each unit's linear functions.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    let weight = try context["weight"]
    let sums = try x.product(
      weight.reshaped([units * pieces, weight.shape.last ?? 1]),
      bias: useBias ? context["bias"].reshaped([units * pieces]) : nil)
    return sums.reshaped([units, pieces]).maximum().reshaped([units])
  }
}

extension PReLU: ExportableLayer {
  /// Records the formula.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    let slope = try context["slope"]
    return SymbolicTensor.select(SymbolicTensor(0.0 as Double).less(than: x), x, slope * x).equivalent(
      to: "PRelu", [x, slope])
  }
}

extension RadialBasis: ExportableLayer {
  /// Records exp(-‖x - center‖² / (2 width²)) for each unit.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    let width = try context.tensor("width").values
    let difference = try x.reshaped([1] + x.shape) - context["center"]
    let square = (difference * difference).sum().reshaped([units])
    let factors = SymbolicTensor(width.map { Double(-0.5 / ($0 * $0)) }, shape: [units], in: context.graph)
    return .exp(square * factors)
  }
}

extension Parallel: ExportableLayer {
  /// Records the branches and combines their outputs.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    let outputs = try branches.indices.map { try context.child($0, x) }
    guard let first = outputs.first else { return x }
    let others = outputs.dropFirst()
    switch mode {
    case .add: return others.reduce(first, +)
    case .average: return others.reduce(first, +) * SymbolicTensor(1 / Float(outputs.count))
    case .multiply: return others.reduce(first, *)
    case .concatenate: return .concatenating(outputs)
    }
  }
}

extension Residual: ExportableLayer {
  /// Records x + F(x).
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    try x + context.child(0, x)
  }
}

extension Repeated: ExportableLayer {
  /// Records the repetitions in order.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    try context.chain(x)
  }
}

extension Sequential: ExportableLayer {
  /// Records the layers in order.
  public func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    try context.chain(x)
  }
}

extension Scaling: ExportableLayer {
  /// Records c x.
  package func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) -> SymbolicTensor {
    x * SymbolicTensor(factor)
  }
}

extension OutputActivation: ExportableLayer {
  /// Records the activation.
  package func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
    try activation?.exported(x) ?? x
  }
}
