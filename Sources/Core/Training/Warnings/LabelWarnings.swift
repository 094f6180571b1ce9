// What the names of classes show before they are learned.

extension Dataset {
  /// Names that may stand for one class, forms that may stand for several, and classes that no sample of weight stands for.
  func labelWarnings() -> [String] {
    targets.flatMap { [$0.similarNames, $0.paddedNumbers].compactMap(\.self) } + unweightedClasses
  }

  private var unweightedClasses: [String] {
    guard let weights, targets.count == 1 else { return [] }
    let samples = Dictionary(grouping: zip(targets[0].labels, weights), by: \.0)
    return samples.filter { $0.value.allSatisfy { $0.1 == 0 } }.sorted { $0.key < $1.key }.map { label, samples in
      "class '\(label.excerpt)' is not learned: the weights of its \(samples.count.counted("sample")) are 0"
    }
  }
}

extension Column {
  /// Names of classes that differ only in case or in white space around them.
  fileprivate var similarNames: String? {
    guard case .text(let cells) = cells else { return nil }
    let alike = Dictionary(grouping: Set(cells).sorted(), by: { $0.trimmed.lowercased() }).values
      .filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    guard let first = alike.first else { return nil }
    return
      "the classes '\(first[0].excerpt)' and '\(first[1].excerpt)' of '\(name.excerpt)' differ only in case or white space"
      + (alike.count > 1 ? ", \((alike.count - 1).grouped) more likewise" : "")
      + "; write them alike if they are one class"
  }

  /// A form with zeros before it, as codes have, that counts as the number after them.
  fileprivate var paddedNumbers: String? {
    guard written != nil else { return nil }
    let padded = zip(texts, labels).first { text, label in
      let digits = text.drop { $0 == "-" || $0 == "+" }
      return text != label && digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true
    }
    return padded.map { text, label in
      "'\(text.excerpt)' and '\(label.excerpt)' of '\(name.excerpt)' are one number, and so one class, '\(label.excerpt)'; "
        + "put a letter before each if they are codes of different classes"
    }
  }
}
