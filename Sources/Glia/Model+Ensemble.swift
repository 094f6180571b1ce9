import GliaCore
import GliaLayers

extension Model {
  /// Creates an ensemble: a model whose outputs are the mean of those of `members`, such as probabilities or, in a regression,
  /// predicted numbers.
  ///
  /// Its network has one layer, a `Parallel` of mode `average` with the members' layers as branches, so that it is used,
  /// written and read like any other model. Members usually differ only in their seeds; everything else is that of the first.
  /// Losses, metrics and decisions apply to the mean; for outputs that are variances, it leaves out the variance of the means.
  ///
  /// Sources: Hansen and Salamon, "Neural network ensembles" (1990); Lakshminarayanan, Pritzel and Blundell, "Simple and
  /// scalable predictive uncertainty estimation using deep ensembles" (2017).
  ///
  /// - Throws: if there are no members, if they differ in inputs, outputs, classes, columns or preprocessing, or if their
  ///   parameters are not finite.
  public init(averaging members: [Model]) throws {
    guard let first = members.first else {
      throw GliaError("an ensemble without members", expected: "at least one model")
    }
    for (index, member) in members.enumerated() {
      guard let difference = member.difference(from: first) else { continue }
      throw GliaError(
        "members 0 and \(index) have different \(difference)", at: "members.\(index)",
        expected: "models trained on the same data for the same task")
    }
    let average = Parallel(.average) {
      for member in members { Sequential { member.network.layers } }
    }
    var network = try Network(input: first.network.input, layers: [average])
    try network.setAll(
      members.enumerated().flatMap { index, member in
        member.network.tensors.map { (Self.prefix(ofMember: index) + $0.name, $0.tensor) }
      })
    self = first
    self.network = network
    // What was fitted to the outputs of one member does not fit their mean.
    (fitted.temperature, fitted.intervals) = (nil, nil)
    (fitted.threshold, fitted.choice, fitted.warnings) = (experiment.training.threshold?.score, nil, [])
    experiment.network = NetworkSettings(input: network.input, layers: network.layers)
  }

  /// The members of an ensemble, as models of their own; empty for other models.
  public var members: [Model] {
    get throws {
      guard network.layers.count == 1, let average = network.layers[0] as? Parallel, average.mode == .average else {
        return []
      }
      let tensors = network.tensors
      return try average.branches.enumerated().map { index, branch in
        let prefix = Self.prefix(ofMember: index)
        let stack = (branch as? Sequential)?.layers
        var member = try Network(input: network.input, layers: stack ?? [branch])
        try member.setAll(
          tensors.filter { $0.name.hasPrefix(prefix) }.map {
            ((stack == nil ? "layers.0." : "") + $0.name.dropFirst(prefix.count), $0.tensor)
          })
        var model = self
        model.network = member
        // A temperature was fitted to the mean of the members.
        model.fitted.temperature = nil
        model.experiment.network = NetworkSettings(input: member.input, layers: member.layers)
        return model
      }
    }
  }

  private static func prefix(ofMember index: Int) -> String { "layers.0.branches.\(index)." }

  /// What distinguishes the predictions of two models; nil if they can be averaged.
  private func difference(from other: Model) -> String? {
    let comparisons = [
      ("inputs", network.input == other.network.input), ("outputs", network.output == other.network.output),
      ("classes", classes == other.classes), ("columns", columns == other.columns),
      ("targets", targets == other.targets), ("preprocessing", preprocessing == other.preprocessing),
      ("scaling of the targets", targetScaling == other.targetScaling),
      ("encodings of the targets", targetEncoding == other.targetEncoding),
    ]
    return comparisons.first { !$0.1 }?.0
  }
}
