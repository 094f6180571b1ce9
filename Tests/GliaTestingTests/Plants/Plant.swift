import Glia
import Testing

/// A component with a planted fault, and the checks that must find it.
struct Plant: Sendable, CustomTestStringConvertible {
  let component: any Component
  let fault: String
  let checks: Set<String>

  var testDescription: String { "\(type(of: component).name): \(fault)" }

  /// One plant per fault; the checks for a fault are separated by semicolons.
  static func all(_ faults: KeyValuePairs<String, String>, _ plant: (String) -> any Component) -> [Plant] {
    faults.map { fault, checks in
      Plant(component: plant(fault), fault: fault, checks: Set(checks.split(separator: "; ").map(String.init)))
    }
  }

  /// All plants.
  static let all = formulas + steps + data + searches
}
