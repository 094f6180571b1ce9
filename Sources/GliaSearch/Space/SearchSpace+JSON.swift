import GliaCore

/// The JSON form of a search space: an object with the values of each setting by its path.
///
/// ```json
/// {
///   "training.optimizer": ["sgd", "adam"],
///   "training.optimizer.learning_rate": "log:1e-4..1",
///   "training.optimizer.momentum": {"range": "0..0.99", "when": {"training.optimizer": ["sgd"]}}
/// }
/// ```
extension SearchSpace: Codable {
  /// Creates a space from its JSON form.
  ///
  /// - Throws: `GliaError` with the path of the setting that is wrong.
  public init(from json: JSON, at place: String = "") throws {
    guard let members = json.object else {
      throw GliaError(
        "expected a search space, found \(json.found)", at: place.isEmpty ? nil : place,
        expected: #"an object such as {"training.optimizer.learning_rate": "log:1e-4..1"}"#)
    }
    self = try GliaError.locating(place) {
      try SearchSpace(members.map { path, value in try SearchDimension(path, json: value) })
    }
  }

  /// Decodes the JSON form.
  public init(from decoder: any Decoder) throws {
    try self.init(from: JSON(from: decoder), at: decoder.dottedPath)
  }

  /// Encodes the JSON form.
  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }

  /// The JSON form.
  public var json: JSON {
    .object(dimensions.reduce(into: [:]) { $0[$1.path] = $1.json })
  }
}

extension SearchDimension {
  /// Creates a dimension from its JSON form: a list of values, the text of a range, or an object with `range` or `values`, and
  /// `when`.
  init(_ path: String, json: JSON) throws {
    switch json {
    case .array(let list): try self.init(path, list: list)
    case .string(let text): try self.init(path, parsing: text)
    case .object(let members):
      if let key = members.keys.first(where: { !["range", "values", "when"].contains($0) }) {
        throw GliaError(
          "unknown key '\(key.excerpt)'", at: path, expected: "one of range, values, when",
          remedy: Suggestion.nearest(to: key, among: ["range", "values", "when"]).map { "did you mean '\($0)'?" })
      }
      let condition = try members["when"].map { json in
        try GliaError.locating("\(path).when") { try Condition(json: json) }
      }
      switch (members["range"], members["values"]) {
      case (.string(let text), nil): try self.init(path, text: text, when: condition)
      case (nil, .array(let list)): try self.init(path, list: list, when: condition)
      default:
        throw GliaError(
          "expected either a range or values", at: path, expected: #""range": "0..1", or "values": [0, 1]"#)
      }
    default:
      throw GliaError(
        "expected values, found \(json.found)", at: path, expected: #"a range such as "0..1", or a list such as [0, 1]"#
      )
    }
  }

  fileprivate var json: JSON {
    switch (values, condition) {
    case (.list(let list), nil): .array(list)
    case (.range(let range), nil): .string(range.text)
    case (.list(let list), let condition?): ["values": .array(list), "when": condition.json]
    case (.range(let range), let condition?): ["range": .string(range.text), "when": condition.json]
    }
  }
}

extension SearchDimension.Condition {
  fileprivate init(json: JSON) throws {
    guard let members = json.object, members.count == 1, let (path, values) = members.elements.first else {
      throw GliaError(
        "expected a condition, found \(json.found)", expected: #"an object such as {"training.optimizer": ["sgd"]}"#)
    }
    self.init(path, in: values.array ?? [values])
  }

  fileprivate var json: JSON { [path: .array(values)] }
}
