/// The names of a model in Swift.
struct SwiftNames {
  let type: String
  let classes: [String]
  let arguments: [String]
  /// The names of the types and of the values of categories; nil for a number.
  let categories: [(type: String, values: [String])?]

  init(_ interface: SourceInterface) {
    var types = SourceIdentifiers(.upperCamel, reserved: Self.types)
    type = types.identifier(interface.name, fallback: "Model")
    var cases = SourceIdentifiers(.lowerCamel, reserved: Self.reserved)
    classes = cases.identifiers(interface.classes, fallback: interface.classes.contains("") ? "empty" : "class")
    var arguments = SourceIdentifiers(.lowerCamel, reserved: Self.reserved)
    self.arguments = arguments.identifiers(interface.inputs.map(\.name), fallback: "x")
    categories = interface.inputs.map { input in
      guard interface.hasArguments, let values = input.values else { return nil }
      var cases = SourceIdentifiers(.lowerCamel, reserved: Self.reserved)
      return (
        types.identifier(input.name, fallback: "Category"),
        cases.identifiers(values, fallback: values.contains("") ? "empty" : "value")
      )
    }
  }

  private static let types = Set(
    """
    Any Array Bool CaseIterable Class Double Float Int Never Optional Prediction Protocol RawRepresentable RawValue Self Sendable \
    StaticString String Swift Type UInt32 UInt64 UInt8
    """.split(separator: " ").map(String.init))

  /// The words of Swift, members that enumerations have, and names in the file.
  private static let reserved = Set(
    """
    actor any as associatedtype async await break case catch class consume consuming continue copy default defer deinit do each \
    else enum extension fallthrough false fileprivate final for func get guard if import in indirect infix init inout internal is \
    isolated lazy let macro mutating nil none nonisolated open operator optional override package postfix precedencegroup prefix \
    private protocol public repeat required rethrows return self sending set some static struct subscript super switch throw throws \
    true try typealias unowned unsafe var weak where while yield allCases hashValue rawValue features outputs prediction run
    """.split(separator: " ").map(String.init))
}
