import Glia

/// The functions of a model in C that take inputs and return decisions.
struct CDecision {
  private let interface: SourceInterface
  private let names: CNames
  private let language: CLanguage

  init(_ interface: SourceInterface, _ names: CNames, _ language: CLanguage) {
    (self.interface, self.names, self.language) = (interface, names, language)
  }

  private var prefix: String { names.prefix }
  private var macros: String { names.macroPrefix[0] }
  private var real: String { language.type(interface.element) }
  private var outputs: Int { interface.program.outputs }
  private var features: String { "const \(real) features[\(macros)_FEATURES]" }

  /// The declarations that a program needs.
  var usage: [String] {
    let enumerations =
      (names.classes.isEmpty ? [] : [names.classes.list("enum \(prefix)_class { ", " };", indentation: "    ")])
      + names.categories.compactMap { category in
        category.map {
          ($0.values + ($0.other.map { [$0] } ?? [])).list("enum \($0.type) { ", " };", indentation: "    ")
        }
      }
    return enumerations + [
      "void \(prefix)_run(const \(real) features[\(interface.program.features.count)], float outputs[\(outputs)]);"
    ]
      + [predictSignature + ";"]
  }

  /// The definitions.
  var functions: [String] { names.classes.isEmpty ? [predict] : [decide, predict] }

  private var decide: String {
    let signature = "enum \(prefix)_class \(prefix)_decide(const float outputs[\(macros)_OUTPUTS])"
    let (what, body): (String, String) =
      switch interface.decision {
      case .threshold(let threshold, let output):
        (
          "the second class if outputs[\(output)] exceeds \(threshold)",
          "    return outputs[\(output)] > \(language.number(Double(threshold), .float)) ? \(names.classes[1]) : \(names.classes[0]);"
        )
      default:
        (
          "the one with the largest output, the first one in case of a tie",
          """
              int best = 0;
              for (int i = 1; i < \(macros)_OUTPUTS; i++) {
                  if (outputs[i] > outputs[best]) best = i;
              }
              return (enum \(prefix)_class)best;
          """
        )
      }
    return "/* Returns the class for the outputs of one sample: \(what). */\n\(signature);\n\(signature)\n{\n\(body)\n}"
  }

  /// The arguments for the inputs.
  private var arguments: [String] {
    guard interface.hasArguments else { return [features] }
    return zip(names.arguments, names.categories).map { name, category in
      category.map { "enum \($0.type) \(name)" } ?? "\(real) \(name)"
    }
  }

  /// The name and the number of what a decision is based on.
  private var scores: (name: String, count: Int) {
    (interface.areProbabilities ? "probabilities" : "scores", interface.form == .probability ? 2 : outputs)
  }

  private var predictSignature: String {
    let result: String, more: [String]
    switch interface.decision {
    case .none: (result, more) = outputs == 1 ? ("float", []) : ("void", ["float outputs[\(outputs)]"])
    case .labels: (result, more) = ("void", ["float \(scores.name)[\(outputs)]", "int labels[\(outputs)]"])
    default: (result, more) = ("enum \(prefix)_class", ["float \(scores.name)[\(scores.count)]"])
    }
    return (arguments + more).list("\(result) \(prefix)_predict(", ")", indentation: "    ")
  }

  private var predict: String {
    var lines: [String] = []
    if interface.hasArguments {
      let values = zip(names.arguments, names.categories).flatMap { name, category in
        category.map {
          $0.values.map {
            "\(name) == \($0) ? \(language.number(1, interface.element)) : \(language.number(0, interface.element))"
          }
        } ?? [name]
      }
      lines.append(values.list("    const \(real) features[\(macros)_FEATURES] = { ", " };", indentation: "        "))
    }
    let ownsOutputs = interface.decision != .none || outputs == 1
    if ownsOutputs { lines.append("    float outputs[\(macros)_OUTPUTS];") }
    lines.append("    \(prefix)_run(features, outputs);")
    let (name, count) = scores
    let copy =
      interface.form == .probability
      ? [
        "    if (\(name) != NULL) {", "        \(name)[0] = 1.0f - outputs[0];", "        \(name)[1] = outputs[0];",
        "    }",
      ]
      : ["    for (int i = 0; \(name) != NULL && i < \(count); i++) \(name)[i] = outputs[i];"]
    switch interface.decision {
    case .none: lines += outputs == 1 ? ["    return outputs[0];"] : []
    case .labels(let threshold):
      lines += copy
      let number = language.number(Double(threshold), .float)
      lines.append("    for (int i = 0; i < \(count); i++) labels[i] = outputs[i] > \(number);")
    default: lines += copy + ["    return \(prefix)_decide(outputs);"]
    }
    return """
      /* \(explanation) */
      \(predictSignature);
      \(predictSignature)
      {
      \(lines.joined(separator: "\n"))
      }
      """
  }

  private var explanation: String {
    switch interface.decision {
    case .none: "Predicts for one sample: \(interface.outputMeaning)."
    case .labels(let threshold):
      "Decides on each label of one sample: 1 if its output exceeds \(threshold), else 0. \(scores.name) may be NULL."
    default:
      interface.form == .score
        ? "Returns the class of one sample and writes the score that decides. scores may be NULL."
        : "Returns the class of one sample and writes the \(scores.name) of all classes. \(scores.name) may be NULL."
    }
  }
}
