import Foundation
import GliaCore

extension Double {
  /// A duration in seconds as readable text: `3.1 ms`, `0.31 s`, `12 s`, `3 min 05 s`, `2 h 10 min`.
  var asDuration: String {
    guard isFinite, self >= 0 else { return "?" }
    if self < 0.01 { return String(format: "%.1f ms", self * 1000) }
    if self < 10 { return String(format: "%.2f s", self) }
    let whole = Int(clamping: Int64(min(rounded(), 1e15)))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
    return String(format: "%d h %02d min", whole / 3600, whole / 60 % 60)
  }
}

extension String {
  /// The text with numbers typeset for figures: `5.4e+17` as `5.4×10¹⁷`.
  var typeset: String {
    replacing(/([0-9.]+)e([+-]?)0*([0-9]+)/) { match in
      let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
      let digits = match.3.compactMap { $0.wholeNumberValue.map { raised[$0] } }
      let power = "10" + (match.2 == "-" ? "⁻" : "") + String(digits)
      return match.1 == "1" ? power : "\(match.1)×\(power)"
    }
  }
}

extension JSON {
  /// A short description of a component, such as `adam(learning_rate 0.01)`, with the settings that differ from `defaults`.
  func briefly(defaults: JSON.Object, always shown: Set<String> = []) -> String {
    guard case .object(let settings) = self, case .string(let type)? = settings["type"] else { return compact }
    let notable = settings.filter { key, value in
      key != "type" && ((shown.contains(key) && value != .null) || defaults[key] != value)
    }
    guard !notable.isEmpty else { return type.excerpt }
    return
      "\(type.excerpt)(\(notable.map { "\($0.key) \(($0.value.string ?? $0.value.compact).excerpt)" }.joined(separator: ", ")))"
  }
}

extension Registry {
  /// A short description of a component; see ``JSON/briefly(defaults:always:)``.
  func briefly(_ component: any Component, always shown: Set<String> = []) throws -> String {
    let type = type(of: component)
    let defaults = (try? entry(type.name, of: type.kind))?.defaults ?? [:]
    return try JSON(part: component).briefly(defaults: defaults, always: shown)
  }
}
