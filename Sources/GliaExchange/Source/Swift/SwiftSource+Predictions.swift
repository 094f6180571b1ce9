extension SwiftSource {
  /// The name of what a decision is based on.
  private var scores: String { interface.areProbabilities ? "probabilities" : "scores" }

  /// The type of a prediction.
  private var result: String {
    switch interface.decision {
    case .none: interface.program.outputs == 1 ? "Float" : "[Float]"
    default: "Prediction"
    }
  }

  /// The type for decisions, and how it is made from outputs.
  var prediction: String {
    switch interface.decision {
    case .none: return ""
    case .labels(let threshold):
      let names = interface.outputNames.isEmpty ? "" : ": " + interface.outputNames.joined(separator: ", ").commentText
      return """
        /// The decisions on the labels of a sample\(names).
        struct Prediction: Sendable {
          /// Whether each label is present: its output exceeds \(threshold).
          var labels: [Bool]
          /// \(interface.areProbabilities ? "The probability" : "The score") of each label.
          var \(scores): [Float]
        }

        private static func prediction(_ outputs: [Float]) -> Prediction {
          Prediction(labels: outputs.map { $0 > \(language.number(Double(threshold), .float)) }, \(scores): outputs)
        }
        """
    default:
      let meaning =
        interface.form == .score
        ? "The score that decides between the two classes."
        : "\(interface.areProbabilities ? "The probability" : "The score") of each class, in the order of `Class.allCases`."
      return """
        /// The class of a sample.
        struct Prediction: Sendable {
          /// \(decided)
          var label: Class
          /// \(meaning)
          var \(scores): [Float]
        }

        private static func prediction(_ outputs: [Float]) -> Prediction {
        \(decision)
        }
        """
    }
  }

  private var decided: String {
    switch interface.decision {
    case .threshold(let threshold, let output):
      "The class: the second one if \(output == 0 ? "the output" : "its output") exceeds \(threshold)."
    default: "The class: the one with the largest output, the first one in case of a tie."
    }
  }

  private var decision: String {
    let values = interface.form == .probability ? "[1 - outputs[0], outputs[0]]" : "outputs"
    switch interface.decision {
    case .threshold(let threshold, let output):
      let number = language.number(Double(threshold), .float)
      return """
          let label = outputs[\(output)] > \(number) ? Class.\(names.classes[1]) : .\(names.classes[0])
          return Prediction(label: label, \(scores): \(values))
        """
    default:
      return """
          var best = 0
          for i in outputs.indices where outputs[i] > outputs[best] { best = i }
          return Prediction(label: Class.allCases[best], \(scores): \(values))
        """
    }
  }

  /// The functions that predict.
  var predictions: [String] {
    let (open, close): (String, String) =
      switch interface.decision {
      case .none: interface.program.outputs == 1 ? ("", "[0]") : ("", "")
      default: ("prediction(", ")")
      }
    let count = interface.program.features.count
    let general = """
      /// Returns the prediction for the features of one sample; nil unless there are \(count).
      static func predict(_ features: [\(real)]) -> \(result)? {
        features.count == \(count) ? \(open)run(features)\(close) : nil
      }
      """
    guard interface.hasArguments else { return [general] }
    let arguments = zip(zip(names.arguments, names.categories), interface.inputs).map { pair, input in
      "\(pair.0): \(pair.1.map { $0.type + (input.allowsOthers ? "?" : "") } ?? real)"
    }
    let values = zip(names.arguments, names.categories).flatMap { name, category in
      category.map { category in category.values.map { "\(name) == .\($0) ? 1 : 0" } } ?? [name]
    }
    let categories = zip(interface.inputs, names.arguments).filter { $0.0.allowsOthers }.map { "`\($0.1)`" }
    let others = categories.isEmpty ? "" : "; nil is any other value of \(categories.joined(separator: ", "))"
    let typed = """
      /// Returns the prediction for one sample\(others).
      \(arguments.list("static func predict(", ") -> \(result) {", indentation: "  "))
      \(values.list("  let features: [\(real)] = [", "]", indentation: "    "))
        return \(open)run(features)\(close)
      }
      """
    return [typed, general]
  }
}
