// Warnings about class names that can be detected before training.

extension Dataset {
  /// Returns warnings about names that may mean the same class, names that may mean several, and classes whose samples all have
  /// weight 0.
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
  /// A warning if names of classes differ only in case or surrounding white space.
  fileprivate var similarNames: String? {
    guard case .text(let cells) = cells else { return nil }
    let alike = Dictionary(grouping: Set(cells).sorted(), by: { $0.trimmed.lowercased() }).values
      .filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    guard let first = alike.first else { return nil }
    return
      "the classes '\(first[0].excerpt)' and '\(first[1].excerpt)' of '\(name.excerpt)' differ only in case or white space"
      + (alike.count > 1 ? ", and \((alike.count - 1).grouped) more" : "")
      + "; use the same spelling if they are one class"
  }

  /// A warning if a text with leading zeros, such as a code, is read as a number.
  fileprivate var paddedNumbers: String? {
    guard written != nil else { return nil }
    let padded = zip(texts, labels).first { text, label in
      let digits = text.drop { $0 == "-" || $0 == "+" }
      return text != label && digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true
    }
    return padded.map { text, label in
      "'\(text.excerpt)' and '\(label.excerpt)' of '\(name.excerpt)' are the same number, hence the same class, "
        + "'\(label.excerpt)'; put a letter before each if they are codes of different classes"
    }
  }
}
