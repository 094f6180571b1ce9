import GliaKernels

/// A summary of the data that a training learns from, which ensures that a checkpoint is resumed with the same data.
struct LearnedData: Codable, Hashable, Sendable {
  /// The names of the features.
  let columns: [String]
  /// The names of the target columns.
  let targets: [String]
  /// The classes, in order.
  let classes: [String]
  /// The number of training samples.
  let samples: Int
  /// The number of validation samples.
  let validation: Int
  /// A digest of all numbers, in order, as 16 hexadecimal digits.
  let digest: String

  init(
    columns: [String], targets: [String], classes: [String], training: EncodedDataset, validation: EncodedDataset?
  ) {
    (self.columns, self.targets, self.classes) = (columns, targets, classes)
    (samples, self.validation) = (training.inputs.rows, validation?.inputs.rows ?? 0)
    var digest: UInt64 = 0
    for part in [training, validation].compactMap(\.self) {
      for numbers in [part.inputs.values, part.targets.values, part.weights] {
        digest = numbers.withUnsafeBufferPointer { glia_digest($0.count, $0.baseAddress, digest) }
      }
    }
    let digits = String(digest, radix: 16)
    self.digest = String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Describes how these data, which a checkpoint was made with, differ from `other`; nil if they are the same. If the data
  /// `isDrawn` from a seed, the digest is not compared.
  func difference(from other: LearnedData, isDrawn: Bool) -> String? {
    func names(_ what: String, _ own: [String], _ others: [String]) -> String? {
      guard own != others else { return nil }
      guard own.count == others.count else { return "it has \(own.count) \(what), not \(others.count)" }
      let place = own.indices.first { own[$0] != others[$0] } ?? 0
      return "number \(place + 1) of its \(what) is '\(own[place].excerpt)', not '\(others[place].excerpt)'"
    }
    func counts(_ what: String, _ own: Int, _ others: Int) -> String? {
      own == others ? nil : "it has \(own.grouped) samples \(what), not \(others.grouped)"
    }
    return names("features", columns, other.columns) ?? names("targets", targets, other.targets)
      ?? names("classes", classes, other.classes) ?? counts("for training", samples, other.samples)
      ?? counts("for validation", validation, other.validation)
      ?? (isDrawn || digest == other.digest
        ? nil : "the same columns and counts, but other values or another order of rows")
  }
}

/// Computes the summary of a training's data when a checkpoint first needs it.
final class LazyLearnedData {
  private lazy var known = make()
  private let make: () -> LearnedData

  init(_ make: @escaping () -> LearnedData) { self.make = make }

  var value: LearnedData { known }
}
