import GliaCore

extension ActivationGallery {
  /// Creates the gallery of `activations`. Those that act on a whole row are drawn for the first of two values, with
  /// the other one 0.
  public init(_ activations: [any Activation]) {
    self.init(entries: activations.map { Entry($0) })
    title = "Activations and their derivatives"
  }

  /// Creates the gallery of all activations in `registry` with their default settings, in alphabetical order.
  public init(_ registry: Registry) {
    self.init(registry.components(of: .activation).compactMap { $0.type.init() as? any Activation })
  }
}

extension ActivationGallery.Entry {
  /// Creates the entry of an activation.
  public init(_ activation: any Activation) {
    let type = type(of: activation)
    let isOfRow = [-1, 0.5, 2].contains { activation.first($0, 0).value != activation.first($0, 1).value }
    self.init(
      type.name, formula: isOfRow ? "of (z, 0): \(type.summary)" : type.summary,
      range: activation.range.map { Double($0.lowerBound)...Double($0.upperBound) },
      value: { activation.first($0, 0).value }, derivative: { activation.first($0, 0).derivative })
  }
}

extension Activation {
  /// Returns the first value for the row (z, other), and its derivative with respect to z.
  fileprivate func first(_ z: Double, _ other: Float) -> (value: Double, derivative: Double) {
    let row = [Float(z), other]
    var (values, gradient): ([Float], [Float]) = (row, [1, 0])
    var span = values.mutableSpan
    apply(&span, width: 2)
    var slope = gradient.mutableSpan
    pullback(&slope, input: row.span, output: values.span, width: 2)
    return (Double(values[0]), Double(gradient[0]))
  }
}
