import GliaKernels

/// What a training learns from, in short: so that a checkpoint is gone on from with the same data, wherever they lie.
struct LearnedData: Codable, Hashable, Sendable {
  /// The names of the features.
  let columns: [String]
  /// The names of the target columns.
  let targets: [String]
  /// The classes in their order.
  let classes: [String]
  /// How many samples are learned from.
  let samples: Int
  /// How many samples are for validation.
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

  /// How these data, which a checkpoint was made with, differ from `other`; nil if they are the same. Of data that are
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
      ?? names("classes", classes, other.classes) ?? counts("to learn from", samples, other.samples)
      ?? counts("to validate", validation, other.validation)
      ?? (isDrawn || digest == other.digest
        ? nil : "the same columns and counts, but other values or another order of rows")
  }
}

/// Works out what a training learns from when a checkpoint first asks for it.
final class LazyLearnedData {
  private lazy var known = make()
  private let make: () -> LearnedData

  init(_ make: @escaping () -> LearnedData) { self.make = make }

  var value: LearnedData { known }
}
