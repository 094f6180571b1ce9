import Foundation
import GliaCore

extension FittedValues {
  /// The values as JSON for `report.json`; null if there are none.
  var json: JSON {
    var object = JSON.Object()
    if let threshold { object["threshold"] = JSON(Double(threshold.shortest) ?? Double(threshold)) }
    if let choice {
      object["metric"] = .string(choice.metric.rawValue)
      if let positive = choice.positive { object["positive"] = .string(positive) }
      object["value"] = JSON(choice.value)
      object["usual_value"] = JSON(choice.usualValue)
    }
    if let temperature { object["temperature"] = JSON(temperature) }
    if let intervals {
      object["intervals"] = ["level": JSON(intervals.level), "radius": .array(intervals.radius.map { JSON($0) })]
    }
    if let classWeights { object["class_weights"] = .array(classWeights.map { JSON(Double($0)) }) }
    return object.isEmpty ? .null : .object(object)
  }

  /// The values as facts for the terminal.
  ///
  /// - Parameter model: the model they belong to.
  func facts(of model: Model) -> [(name: String, text: String)] {
    let targets = model.targets
    var facts: [(name: String, text: String)] = []
    if let classWeights {
      let shown = classWeights.prefix(8).map { Double($0).brief }.joined(separator: ", ")
      facts.append(("classes", "weights \(shown)\(classWeights.count > 8 ? ", …" : "")"))
    }
    if let temperature { facts.append(("calibrated", "temperature \(temperature.brief)")) }
    if let threshold {
      let reason = choice.map { choice in
        " (\(choice.metric.rawValue)\(choice.positive.map { " of '\($0.excerpt)'" } ?? "") on the validation set \(choice.value.brief), otherwise \(choice.usualValue.brief))"
      }
      let positive = model.classes.count == 2 ? " for '\(model.classes[1].excerpt)'" : ""
      facts.append(("threshold", Double(threshold).brief + positive + (reason ?? "")))
    }
    if let intervals {
      let names = targets.count == intervals.radius.count && targets.count > 1 ? targets.map { "\($0.excerpt) " } : [""]
      let widths = zip(names, intervals.radius).prefix(8).map { name, radius in
        model.targetScaling?.transform == nil
          ? "\(name)± \(radius.brief)" : "\(name)a factor of \(exp(radius).brief) up and down"
      }.joined(separator: ", ")
      facts.append(("intervals", "\(widths), with \((100 * intervals.level).brief) % of the targets"))
    }
    return facts
  }
}
