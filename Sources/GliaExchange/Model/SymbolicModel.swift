import Glia

/// A model as a computation, with what its inputs and outputs mean: what every export is written from.
struct SymbolicModel {
  /// A value that the model is given for each sample.
  struct Input: Hashable {
    /// The name of the column.
    let name: String
    /// The values of a category, in the order of its features; nil for a number.
    let values: [String]?
    /// Whether a category may have other values.
    let allowsOthers: Bool
    /// The features that it gives.
    let features: Range<Int>
  }

  let model: Model
  let graph: SymbolicGraph
  /// The values for each sample, in order.
  let inputs: [Input]
  /// All features of a sample as they are in the data: in double precision if they are preprocessed.
  let features: SymbolicTensor
  /// The outputs in the targets' own unit, of shape [number of outputs].
  let outputs: SymbolicTensor
  /// What the outputs mean.
  let form: OutputForm

  /// Records a model; throws if a component cannot be exported.
  init(_ model: Model) throws {
    self.model = model
    form = try model.outputForm()
    graph = SymbolicGraph()
    let count = model.featureCount
    let isPrepared = !model.preprocessing.isEmpty
    let features = graph.append(
      SymbolicNode(operation: .input(0), shape: [count], element: isPrepared ? .double : .float))
    self.features = features
    inputs = Self.inputs(of: model)
    let network = try model.calibratedNetwork()
    let prepared = try GliaError.locating("preprocessing") {
      try model.preprocessing.exported(features, names: model.columns)
    }
    guard prepared.shape == [network.input.reduce(1, *)] else {
      throw GliaError("\(prepared.shape[0]) features after preprocessing", expected: "the network's \(network.input)")
    }
    let raw = try SymbolicContext(network, in: graph).outputs(prepared.reshaped(network.input))
    let flat = raw.reshaped([raw.shape.reduce(1, *)])
    outputs = model.targetScaling?.exported(flat) ?? flat
    try graph.check()
  }

  /// The features of a category that are neighbors are one input.
  private static func inputs(of model: Model) -> [Input] {
    let names = model.columns.isEmpty ? (1...max(model.featureCount, 1)).map { "x\($0)" } : model.columns
    guard let source = model.experiment.data as? CSV, !model.columns.isEmpty else {
      return names.enumerated().map { Input(name: $1, values: nil, allowsOthers: false, features: $0..<$0 + 1) }
    }
    var inputs: [Input] = []
    for (index, (name, column)) in zip(names, source.columns(ofFeatures: names)).enumerated() {
      guard name != column else {
        inputs.append(Input(name: name, values: nil, allowsOthers: false, features: index..<index + 1))
        continue
      }
      let value = String(name.dropFirst(column.count + 1))
      if let last = inputs.last, last.name == column, let values = last.values {
        inputs[inputs.count - 1] = Input(
          name: column, values: values + [value], allowsOthers: last.allowsOthers,
          features: last.features.lowerBound..<index + 1)
      } else {
        inputs.append(
          Input(name: column, values: [value], allowsOthers: source.unknown == .ignore, features: index..<index + 1))
      }
    }
    return inputs
  }
}

extension Preprocessing {
  /// Returns the inputs of the network for features called `names`, in single precision.
  fileprivate func exported(_ features: SymbolicTensor, names: [String]) throws -> SymbolicTensor {
    let prepared = try steps.reduce(SymbolicFeatures(names, features)) { try $1.exported($0) }
    guard let standardization else { return prepared.values.cast(to: .float) }
    var x = prepared.values
    let named = SymbolicFeatures(prepared.names, x)
    if let fill = standardization.fill { x = .select(x.isNaN, try named.constant(fill), x) }
    let (mean, scale) = (standardization.mean, standardization.scale)
    if mean.contains(where: { $0 != 0 }) { x = x - (try named.constant(mean)) }
    if scale.contains(where: { $0 != 1 }) { x = x / (try named.constant(scale)) }
    return x.cast(to: .float)
  }
}

extension TargetScaling {
  /// Returns targets in their own unit for outputs in the network's scale.
  fileprivate func exported(_ outputs: SymbolicTensor) -> SymbolicTensor {
    guard let graph = outputs.place?.graph else { return outputs }
    var y = outputs.cast(to: .double)
    if let standardization {
      func constant(_ values: [Double]) -> SymbolicTensor {
        SymbolicTensor(values, shape: [values.count], element: .double, in: graph)
      }
      y = y * constant(standardization.scale) + constant(standardization.mean)
    }
    switch transform {
    case .log: y = .exp(y)
    case .log1p: y = .expMinusOne(y)
    case nil: break
    }
    return y.cast(to: .float)
  }
}
