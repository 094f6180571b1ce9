import GliaCore

/// Samples as a picture shows them: in the units of their features, unless single precision would merge their values there.
struct ShownSamples {
  let data: Dataset
  let test: Dataset?
  /// What is to be done to the features that are shown before a network sees them.
  let standardization: Standardization?

  /// The sets as they were before `standardization`, or standardized by it.
  init(_ data: Dataset, test: Dataset?, _ standardization: Standardization?) throws {
    var (seen, held) = (try data.standardized(by: standardization), try test?.standardized(by: standardization))
    guard standardization != nil, !seen.areToldApartUnstandardized || held?.areToldApartUnstandardized == false else {
      (self.data, self.test, self.standardization) = (data.unstandardized(), test?.unstandardized(), standardization)
      return
    }
    seen.inputNames = seen.inputNames.map { "\($0), standardized" }
    held?.inputNames = seen.inputNames
    (self.data, self.test, self.standardization) = (seen, held, nil)
  }
}

extension Dataset {
  /// The places of the samples' classes among `classes`.
  func labels(among classes: [String]) throws -> [Int] {
    let known = ClassIndex(classes)
    return try classColumn().texts.map { label in
      guard let index = known[label] else {
        throw GliaError(
          "class '\(label.excerpt)' is unknown to the network", at: name,
          expected: "one of \(classes.prefix(20).joined(separator: ", "))")
      }
      return index
    }
  }

  /// The column of classes; of columns with the probability of each class, the most probable one.
  func classColumn() throws -> Column {
    if targets.count == 1 { return targets[0] }
    let columns = targets.count > 1 ? (try? targets.map { try $0.numbers() }) ?? [] : []
    let rows = (0..<(columns.isEmpty ? 0 : count)).map { row in columns.map { $0[row] } }
    guard !rows.isEmpty, Dataset.areDistributions(rows.flatMap(\.self), width: columns.count) else {
      throw GliaError("\(targets.count) target columns", at: name, expected: "one column of classes")
    }
    return Column(
      "class", text: rows.map { row in targets[row.indices.max { row[$0] < row[$1] } ?? 0].name })
  }

  /// One in how many is drawn, so that there are some thousand at most: more are one blot, and take long to draw.
  var thinningStep: Int { max(count / 5_000, 1) }
}

extension Dataset {
  /// The classes of the only target; nil for one of many different numbers.
  var classNames: [String]? { (try? classColumn().classes).flatMap { $0.count <= 20 ? $0 : nil } }
}
