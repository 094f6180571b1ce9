import Glia

/// What an exported model offers in every language: outputs for inputs, and a decision.
struct SourceInterface {
  /// How outputs become classes or labels, exactly as in ``GliaCore/DecisionRule``.
  enum Decision: Hashable {
    /// Outputs are numbers.
    case none
    /// The second of two classes if an output exceeds a number, otherwise the first.
    case threshold(Float, output: Int)
    /// The class with the largest output, the first one in case of a tie.
    case largest
    /// Each label whose output exceeds a number.
    case labels(Float)
  }

  /// The name of the model, as given.
  let name: String
  let symbolic: SymbolicModel
  let program: SourceProgram
  let decision: Decision

  /// The most inputs that are arguments of their own.
  static let mostArguments = 32

  /// Creates the interface of `model`; throws if a component cannot be exported.
  init(_ model: Model, name: String) throws {
    let symbolic = try SymbolicModel(model)
    guard let place = symbolic.outputs.place, let features = symbolic.features.node else {
      throw GliaError("a model whose outputs are not computed", expected: "a network")
    }
    (self.name, self.symbolic) = (name, symbolic)
    program = SourceLowering.program(
      place.graph, output: place.index, features: (features.count, features.element))
    decision = Self.decision(model, symbolic.form, outputs: program.outputs)
    for (what, names) in [("class", model.classes)] + inputs.map({ ("value of '\($0.name.excerpt)'", $0.values ?? []) })
    where Set(names).count < names.count {
      throw GliaError("a \(what) that occurs twice", at: "glia.classes", expected: "different names")
    }
  }

  var model: Model { symbolic.model }
  var form: OutputForm { symbolic.form }
  var classes: [String] { model.classes }
  /// The values of a sample: numbers and categories.
  var inputs: [SymbolicModel.Input] { symbolic.inputs }
  /// Whether each input is an argument, and not all features one array.
  var hasArguments: Bool { (1...Self.mostArguments).contains(inputs.count) }
  /// The type of the features.
  var element: SymbolicElement { program.features.element }
  /// Whether outputs are probabilities.
  var areProbabilities: Bool {
    switch form {
    case .probability, .classes(areProbabilities: true), .labels(areProbabilities: true): true
    default: false
    }
  }
  /// The names of the outputs of a regression, or of labels.
  var outputNames: [String] { model.outputNames.count == program.outputs ? model.outputNames : [] }

  private static func decision(_ model: Model, _ form: OutputForm, outputs: Int) -> Decision {
    let rule = model.rule
    let threshold = rule.threshold ?? rule.encoding.threshold
    switch form {
    case .values: return .none
    case .labels: return .labels(threshold)
    default: break
    }
    let isPerClass = rule.encoding == .oneHot || rule.encoding == .index
    if outputs == 1, !isPerClass || rule.threshold != nil { return .threshold(threshold, output: 0) }
    if outputs == 2, rule.threshold != nil { return .threshold(threshold, output: 1) }
    return .largest
  }

  /// What the model is, in a sentence.
  var summary: String {
    let network = model.network
    let kind =
      switch form {
      case .values: "predicts \(program.outputs == 1 ? outputNames.first ?? "a number" : "\(program.outputs) numbers")"
      case .labels: "decides on \(program.outputs.counted("label"))"
      default: "tells \(classes.count.counted("class", plural: "classes")) apart"
      }
    return "\(name.isEmpty ? "Model" : name): a neural network \(network.architecture) that \(kind)."
  }

  /// What outputs are, in a few words.
  var outputMeaning: String {
    switch form {
    case .values:
      model.targetScaling == nil ? "the predicted numbers" : "the predicted numbers in the targets' own unit"
    case .probability: "the probability of the second class"
    case .score: "a score that decides between two classes"
    case .classes(let areProbabilities): "the \(areProbabilities ? "probability" : "score") of each class"
    case .labels(let areProbabilities): "the \(areProbabilities ? "probability" : "score") of each label"
    }
  }
}
