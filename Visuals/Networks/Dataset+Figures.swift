import GliaCore

/// The samples as a figure shows them: in the original units of their features, unless values would be equal in single
/// precision.
struct ShownSamples {
  let data: Dataset
  let test: Dataset?
  /// What turns the shown features into the inputs of a network.
  let preprocessing: Preprocessing

  /// Creates the sets as they were before `preprocessing`, or standardized by it if values would be equal otherwise.
  init(_ data: Dataset, test: Dataset?, _ preprocessing: Preprocessing) throws {
    var (seen, held) = (try data.preprocessed(by: preprocessing), try test?.preprocessed(by: preprocessing))
    guard preprocessing.steps.isEmpty, preprocessing.standardization != nil,
      !seen.areToldApartUnstandardized || held?.areToldApartUnstandardized == false
    else {
      (self.data, self.test, self.preprocessing) = (data.unstandardized(), test?.unstandardized(), preprocessing)
      return
    }
    seen.inputNames = seen.inputNames.map { "\($0), standardized" }
    held?.inputNames = seen.inputNames
    (self.data, self.test, self.preprocessing) = (seen, held, Preprocessing())
  }
}

extension Dataset {
  /// Returns the index of each sample's class in `classes`.
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

  /// Returns the column of classes; if there is a column of probabilities per class, the most probable class.
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

  /// Returns the probabilities of `classes` for each sample, row by row; `nil` if there is one column of classes.
  func softLabels(among classes: [String]) throws -> [Float]? {
    guard targets.count > 1, targets.map(\.name) == classes else { return nil }
    let columns = try targets.map { try $0.numbers() }
    return (0..<count).flatMap { row in columns.map { $0[row] } }
  }

  /// The stride of the drawn samples, which limits them to several thousand: more would overlap and take long to draw.
  var thinningStep: Int { max(count / 5_000, 1) }

  /// The classes of the only target; `nil` if it has many different numbers.
  var classNames: [String]? { (try? classColumn().classes).flatMap { $0.count <= 20 ? $0 : nil } }
}
