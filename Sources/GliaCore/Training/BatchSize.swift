/// The number of samples per step: the given one; otherwise it depends on the optimizer, 32 or, for a ``FullBatchOptimizer``,
/// all.
///
/// In JSON, `null` stands for a number that was not given. A prepared experiment and a training contain the number itself.
@propertyWrapper
public struct BatchSize: Codable, Hashable, Sendable {
  /// The number for optimizers that use batches.
  static let usual = 32

  /// The given number; nil for none.
  public var projectedValue: Int?
  /// The given number, or 32.
  public var wrappedValue: Int {
    get { projectedValue ?? Self.usual }
    set { projectedValue = newValue }
  }

  /// Creates a size that is not given.
  public init() {}

  /// Decodes a number or null.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    projectedValue = container.decodeNil() ? nil : try container.decode(Int.self)
  }

  /// Encodes the given number or null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let projectedValue { try container.encode(projectedValue) } else { try container.encodeNil() }
  }
}

extension TrainingSettings {
  /// The optimizer, if it is a solver.
  var solver: (any FullBatchOptimizer)? { optimizer as? any FullBatchOptimizer }

  /// Fills in the batch size for a training part of `samples`.
  mutating func fillBatchSize(samples: Int) {
    batchSize = $batchSize ?? (solver == nil ? BatchSize.usual : max(samples, 1))
  }

  /// Throws if a solver is to use batches of a training part of `samples`.
  func requireFullBatch(samples: Int) throws {
    guard let solver, batchSize < samples else { return }
    let name = type(of: solver).name
    throw GliaError(
      "batches of \(batchSize) samples for \(name), which compares values of the loss over all samples",
      at: "training.batch_size", expected: "at least the \(samples.counted("training sample")), or no batch_size",
      remedy: "leave batch_size out, or use an optimizer for batches, such as adam")
  }
}
