import Foundation
import Glia
import TestSupport
import Testing

@testable import GliaExchange

/// Models as one file of source, compiled and compared with the models.
@Suite struct SourceExportTests {
  private static func allCases() throws -> [ExportModel] {
    try ExportModel.components() + ExportModel.combinations() + TableModel.all() + [
      ExportModel.prepared("missing", [MissingIndicator(), Imputation(), StandardScaling()], missing: true)
    ]
  }

  private func compare(_ cases: [ExportModel], _ outputs: [[[Float]]]) throws {
    #expect(cases.count > 100)
    for (test, rows) in zip(cases, outputs) {
      let (own, expected) = (rows.flatMap { $0 }, try test.model.predict(test.samples).values)
      #expect(own.count == expected.count, "\(test)")
      let isNear = zip(own, expected).allSatisfy { a, b in
        a == b || a.isNaN && b.isNaN || (a - b).magnitude <= test.tolerance * max(1, b.magnitude)
      }
      #expect(isNear, "\(test): \(own.prefix(4)) instead of \(expected.prefix(4))")
    }
  }

  @Test(.enabled(if: SourceCompilers.c != nil, "there is no C compiler, cc, in the path"))
  func everyComponentIsTheSameInC() throws {
    let cases = try Self.allCases()
    try compare(cases, SourceCompilers.outputsInC(cases))
  }

  @Test(.enabled(if: SourceCompilers.swift != nil, "there is no Swift compiler, swiftc, in the path"))
  func everyComponentIsTheSameInSwift() throws {
    let cases = try Self.allCases()
    try compare(cases, SourceCompilers.outputsInSwift(cases))
  }

  /// A classifier whose two outputs are its two features.
  private func classifier(_ classes: [String], loss: any Loss, outputs: Int, threshold: Float? = nil) throws -> Model {
    var experiment = Experiment()
    experiment.training.loss = loss
    var model = Model(
      network: try Network(input: [outputs], layers: [Flatten()]), experiment: experiment, classes: classes)
    model.fitted.threshold = threshold
    return model
  }

  @Test func decisionsFollowTheRuleOfTheModel() throws {
    let binary = try classifier(["no", "yes"], loss: BinaryCrossentropy(), outputs: 1)
    #expect(try SourceInterface(binary, name: "m").decision == .threshold(0.5, output: 0))
    let fitted = try classifier(["no", "yes"], loss: BinaryCrossentropy(), outputs: 1, threshold: 0.25)
    #expect(try fitted.cSource(name: "m").contains("return outputs[0] > 0.25f ? M_CLASS_YES : M_CLASS_NO;"))
    #expect(try fitted.swiftSource(name: "m").contains("outputs[0] > 0.25 ? Class.yes : .no"))
    let three = try classifier(["a", "b", "c"], loss: CategoricalCrossentropy(), outputs: 3)
    #expect(try SourceInterface(three, name: "m").decision == .largest)
    let two = try classifier(["a", "b"], loss: CategoricalCrossentropy(), outputs: 2, threshold: 0.75)
    #expect(try SourceInterface(two, name: "m").decision == .threshold(0.75, output: 1))
    let labels = try classifier([], loss: BinaryCrossentropy(), outputs: 2)
    #expect(try SourceInterface(labels, name: "m").decision == .labels(0.5))
  }

  @Test func namesEndNoComments() {
    for name in ["*/", "*\\", "\\*", "*\\/", "*/\u{301}", "*\u{200D}/", "/*", "??/", "???/", "\u{2028}", "a\nb"] {
      let text = Array("x\(name.commentText)y".utf8)
      for pair in ["*/", "/*", "??", "\\", "\n"] {
        let bytes = Array(pair.utf8)
        let found = text.indices.contains { text[$0...].starts(with: bytes) }
        #expect(!found, "\(name.debugDescription)")
      }
    }
  }

  /// Names that are no identifiers, or would end comments and literals.
  @Test(
    arguments: [
      "class", "", "2 größe", "a*/b\n#error", "λ", "\\\"??/", "a*\\ int pwned = 1; \\*", "*/\u{301} #error", "???/",
      "a/**/b",
    ])
  func hostileNamesAreIdentifiers(_ name: String) throws {
    var model = try classifier([name, "int", "Int", "for"], loss: CategoricalCrossentropy(), outputs: 4)
    model.columns = ["outputs", "class", "a b", "a-b"]
    let (c, swift) = (try model.cSource(name: name), try model.swiftSource(name: name))
    try SourceCompilers.withFolder { folder in
      try Data(c.utf8).write(to: folder.appending(path: "model.c"))
      try Data(swift.utf8).write(to: folder.appending(path: "Model.swift"))
      if let cc = SourceCompilers.c {
        _ = try SourceCompilers.run(cc, SourceCompilers.strict + ["-c", "model.c"], in: folder)
      }
      if let swiftc = SourceCompilers.swift {
        _ = try SourceCompilers.run(
          swiftc, ["-swift-version", "6", "-warnings-as-errors", "-typecheck", "Model.swift"], in: folder)
      }
    }
  }

  /// A category is an argument of its own type; a value that it may have besides those known sets no feature.
  @Test func categoriesAreEnumerations() throws {
    var model = Model(network: try Network(input: [3]) { Dense(1) })
    model.experiment.data = CSV(path: "homes.csv", target: "price", categories: ["city"], unknown: .ignore)
    model.columns = ["area", "city=Rome", "city=New York"]
    let (c, swift) = (try model.cSource(name: "home"), try model.swiftSource(name: "home"))
    #expect(c.contains("float home_predict(float area, enum home_city city)"))
    #expect(c.contains("enum home_city { HOME_CITY_ROME, HOME_CITY_NEW_YORK, HOME_CITY_OTHER };"))
    #expect(
      c.contains(
        "{\n        area, city == HOME_CITY_ROME ? 1.0f : 0.0f, city == HOME_CITY_NEW_YORK ? 1.0f : 0.0f\n    };"))
    #expect(swift.contains("static func predict(area: Float, city: City?) -> Float {"))
    #expect(swift.contains("case newYork = \"New York\""))
    try SourceCompilers.withFolder { folder in
      try Data((c + "int main(void) { return home_predict(1, HOME_CITY_OTHER) > 1e9f; }\n").utf8)
        .write(to: folder.appending(path: "main.c"))
      try Data((swift + "print(Home.predict(area: 1, city: .newYork))\n").utf8)
        .write(to: folder.appending(path: "main.swift"))
      if let cc = SourceCompilers.c {
        _ = try SourceCompilers.run(cc, SourceCompilers.strict + ["main.c", "-lm"], in: folder)
      }
      if let swiftc = SourceCompilers.swift {
        _ = try SourceCompilers.run(
          swiftc, ["-swift-version", "6", "-warnings-as-errors", "-typecheck", "main.swift"], in: folder)
      }
    }
  }

  @Test func signsHaveNames() {
    var names = SourceIdentifiers(.upperSnake)
    #expect(
      names.identifiers(["+", "-", "<=", "–", "a-b"], prefix: ["x"], fallback: "empty")
        == ["X_PLUS", "X_MINUS", "X_LESS_EQUAL", "X_EMPTY", "X_A_B"])
  }

  @Test func identifiersAreUnique() {
    var names = SourceIdentifiers(.snake, reserved: ["class"])
    #expect(
      names.identifiers(["class", "Sepal Length (cm)", "sepal_length_cm", "7", ""], fallback: "x")
        == ["class_", "sepal_length_cm", "sepal_length_cm_2", "x7", "x"])
    var camel = SourceIdentifiers(.lowerCamel)
    #expect(
      camel.identifiers(["petalLength", "Größe", "PETAL length"], fallback: "x") == [
        "petalLength", "groesse", "petalLength2",
      ])
  }

  @Test func indicesAreSimplified() {
    let (i, j) = (SourceIndex(variable: "i", count: 3), SourceIndex(variable: "j", count: 4))
    #expect((i * 4 + j) / 4 == i && (i * 4 + j) % 4 == j)
    #expect((i * 4 + j).broadcast(from: [4], in: [3, 4]) == j)
    #expect((i * 4 + j).broadcast(from: [3, 1], in: [3, 4]) == i)
    #expect((i * 4 + j).broadcast(from: [3, 4], in: [1, 3, 4]) == i * 4 + j)
  }

  @Test func aLayerIsOneLoopAndMemoryIsUsedAgain() throws {
    var network = try Network(input: [2]) {
      for _ in 0..<6 { Dense(4, activation: .tanh) }
    }
    try network.set("layers.0.bias", to: Tensor(shape: [4], [1, 2, 3, 4]))
    let program = try SourceInterface(Model(network: network), name: "m").program
    #expect(program.statements.count == 6 && program.buffers.count == 2)
    #expect(try Model(network: network).cSource(name: "m").contains("h1[i] = tanhf(sum1);"))
  }

  @Test(.enabled(if: SourceCompilers.c != nil, "there is no C compiler, cc, in the path"))
  func aSmallNetworkIsSmall() throws {
    let test = try #require(try ExportModel.combinations().first { $0.description == "2-4-2-1" })
    try SourceCompilers.withFolder { folder in
      try Data(test.model.cSource(name: "m").utf8).write(to: folder.appending(path: "m.c"))
      _ = try SourceCompilers.run(
        SourceCompilers.c ?? "", SourceCompilers.strict + ["-Os", "-c", "m.c", "-o", "m.o"], in: folder)
      // The whole object file, with its tables of symbols.
      #expect(try Data(contentsOf: folder.appending(path: "m.o")).count < 8_000)
    }
  }

  @Test func manyNumbersAreHexadecimalInSwift() throws {
    let model = Model(network: try Network(input: [70]) { Dense(64) })
    let text = try model.swiftSource(name: "m")
    #expect(text.contains("private static let weights1: [Float] = floats("))
    #expect(text.contains("func predict(_ features: [Float]) -> [Float]?"))
  }
}
