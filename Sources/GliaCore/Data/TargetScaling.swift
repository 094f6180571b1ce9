/// What is done to regression targets before a network learns them: a transformation, a standardization, or first one and
/// then the other. Predictions are taken back to the targets' own unit.
public struct TargetScaling: Hashable, Sendable {
  /// The function applied first, if any.
  public let transform: TargetTransform?
  /// The standardization applied to its values, if any.
  public let standardization: Standardization?

  /// Creates a scaling from its parts; nil if there are none.
  public init?(transform: TargetTransform? = nil, standardization: Standardization? = nil) {
    guard transform != nil || standardization != nil else { return nil }
    (self.transform, self.standardization) = (transform, standardization)
  }

  /// Fits the scaling of the target columns of `data`; nil if neither part is wanted. Throws for text, and for numbers outside
  /// of the transformation's domain.
  public init?(fitting data: Dataset, transform: TargetTransform?, standardizes: Bool) throws {
    if let transform { for column in data.targets { try transform.check(column) } }
    guard standardizes else {
      self.init(transform: transform)
      return
    }
    let columns = try data.targets.map { try $0.doubles() }
    let width = columns.count
    self.init(
      transform: transform,
      standardization: Standardization(data.count * width, width: width, noise: 1e-13) { i in
        let y = columns[i % width][i / width]
        return transform?(y) ?? y
      })
  }

  /// The number of targets it is meant for; nil for any number.
  package var width: Int? { standardization?.mean.count }

  /// Its effect in a few words.
  package var effect: String {
    [transform?.rawValue, standardization == nil ? nil : "standardized"].compactMap(\.self).joined(separator: ", ")
  }

  /// Returns the scaled values of `count` numbers, rounded once.
  func applied(_ count: Int, _ value: (Int) -> Double) -> [Float] {
    func transformed(_ i: Int) -> Double { transform?(value(i)) ?? value(i) }
    return standardization?.applied(count, transformed) ?? (0..<count).map { Float(transformed($0)) }
  }

  /// Returns outputs in the targets' own unit; throws if their number differs. Those too large for single precision are infinite.
  public func undone(_ outputs: Tensor) throws -> Tensor {
    try require(outputs)
    return Tensor(unchecked: outputs.shape, undone(outputs.values))
  }

  /// Returns outputs in the targets' own unit.
  func undone(_ outputs: [Float]) -> [Float] { undoneExactly(outputs).map { Float($0) } }

  /// Returns outputs in the targets' own unit, in double precision.
  package func undoneExactly(_ outputs: [Float]) -> [Double] {
    let values = standardization?.undoneExactly(outputs) ?? outputs.map(Double.init)
    return transform.map { values.map($0.inverse) } ?? values
  }

  /// Returns outputs in the unit in which intervals are symmetric: that of the transformed targets.
  func transformed(_ outputs: [Float]) -> [Double] {
    standardization?.undoneExactly(outputs) ?? outputs.map(Double.init)
  }

  /// Returns the two ends of an interval around each output, in the targets' own unit; radii are in that of the transformed
  /// targets.
  package func ends(around outputs: [Float], radius: [Double]) -> [Double] {
    let ends = zip(transformed(outputs), radius).flatMap { [$0 - $1, $0 + $1] }
    return transform.map { ends.map($0.inverse) } ?? ends
  }

  /// Returns outputs in the targets' own unit up to a constant, in the full precision of the outputs; nil if a transformation
  /// precludes this.
  func scaled(_ outputs: [Float]) -> [Float]? { transform == nil ? standardization?.scaled(outputs) : nil }

  /// Throws if outputs are of another number of targets.
  func require(_ outputs: Tensor) throws {
    guard let width, width != outputs.width, outputs.rows > 0 else { return }
    throw GliaError("a standardization for \(width) targets, but \(outputs.width) outputs", expected: "the same number")
  }
}
