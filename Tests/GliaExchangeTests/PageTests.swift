import Foundation
import Glia
import Testing

@testable import GliaExchange

@Suite struct PageTests {
  /// Text that would end a script or an attribute if it were not escaped.
  private static let hostile = "</script><script>document.title='broken'</script> \"'&<!-- \u{2028}\u{0}\u{7}"

  /// Two classes with a probability.
  private static func moons() throws -> Model {
    let network = try Network(input: [2], seed: 3) {
      Dense(4, activation: .tanh)
      Dense(2, activation: .tanh)
      Dense(1, activation: .sigmoid)
    }
    var experiment = Experiment()
    experiment.name = "moons"
    experiment.data = Moons()
    experiment.training.loss = BinaryCrossentropy()
    return Model(network: network, experiment: experiment, classes: ["left", "right"], columns: ["x1", "x2"])
  }

  /// Three classes with names that attack the page.
  private static func attack() throws -> Model {
    let network = try Network(input: [2], seed: 5) {
      Dense(8, activation: .gelu())
      LayerNorm()
      Dense(3, activation: .softmax)
    }
    var experiment = Experiment()
    experiment.name = hostile
    experiment.training.loss = SparseCategoricalCrossentropy()
    return Model(
      network: network, experiment: experiment, classes: [hostile, "b\\", "</SCRIPT>"], columns: [hostile, "__proto__"])
  }

  /// A regression with preprocessing, a logarithmic target and intervals.
  private static func prices() throws -> Model {
    let network = try Network(input: [4], seed: 7) {
      Dense(8, activation: .softplus)
      Dense(5, activation: .gelu())
      Dense(1)
    }
    var experiment = Experiment()
    experiment.training.loss = MeanSquaredError()
    let step = try PreprocessingStep(
      StandardScaling(), columns: ["area", "age"],
      learned: [AffineMap(offset: 95, scale: 30), AffineMap(offset: 40, scale: 22)])
    let logarithm = try PreprocessingStep(LogTransform(columns: ["distance"]), columns: ["distance"], learned: [[]])
    let preprocessing = Preprocessing(
      steps: [step, logarithm],
      standardization: try Standardization(mean: [0, 2, 0, 1], scale: [1, 0.5, 1, 3]))
    return Model(
      network: network, experiment: experiment, columns: ["area", "rooms", "age", "distance"], targets: ["price"],
      preprocessing: preprocessing,
      targetScaling: TargetScaling(
        transform: .log1p, standardization: try Standardization(mean: [3], scale: [0.5])))
  }

  @Test func isOnePageThatReachesNoNetwork() throws {
    let page = try Self.moons().htmlPage()
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("<title>moons</title>"))
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains("Predicts 1 output from 2 inputs · network 2–4–2–1 with 25 parameters"))
    for address in ["http://", "https://", "@import", "fetch(", "src="] { #expect(!page.contains(address)) }
    // The only URLs are the empty icon and its policy.
    #expect(page.components(separatedBy: "data:").count == 3)
  }

  @Test func escapesAllNames() throws {
    let page = try Self.attack().htmlPage()
    #expect(page.components(separatedBy: "<script").count == 5)
    #expect(page.components(separatedBy: "</script>").count == 5)
    #expect(!page.lowercased().contains("</script><script>document"))
    #expect(!page.contains("<!-- "))
    #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{2028}" })
    #expect(page.contains("&lt;/script&gt;&lt;script&gt;document.title=&#39;broken&#39;"))
    #expect(try Self.moons().htmlPage(title: "a < b & \"c\"").contains("<h1>a &lt; b &amp; &quot;c&quot;</h1>"))
  }

  @Test func knowsTheRangesOfInputs() throws {
    let ranges = InputRange.ranges(of: try Self.prices())
    // Mean ± 3 deviations; 2 ± 3 · 0.5; exp(1 ± 3 · 3) - 1.
    #expect(ranges[0] == InputRange(5, 185, start: 95))
    #expect(ranges[1] == InputRange(0.5, 3.5, start: 2))
    #expect(ranges[2] == InputRange(-26, 106, start: 40))
    #expect(abs(ranges[3].low - (exp(-8) - 1)) < 1e-12 && abs(ranges[3].start - (exp(1) - 1)) < 1e-12)
    #expect(InputRange.ranges(of: try Self.attack()) == [InputRange(-3, 3), InputRange(-3, 3)])
    // The samples of two moons are between -1 and 2, and the noise is small.
    let moons = InputRange.ranges(of: try Self.moons())
    #expect((-2 ... -1).contains(moons[0].low) && (2...3).contains(moons[0].high))
    #expect(InputRange(1, 1) == nil && InputRange(0, .infinity) == nil && InputRange(.nan, 1) == nil)
  }

  @Test func writesBase64() {
    // RFC 4648, section 10.
    let texts = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE="]
    for (plain, coded) in texts { #expect(Base64.text(Array(plain.utf8)) == coded) }
  }

  @Test(.enabled(if: Browser.path != nil, "needs chromium, chromium-browser or google-chrome"), arguments: 0..<3)
  func predictsAsTheModelDoes(_ index: Int) throws {
    let model = try [Self.moons, Self.attack, Self.prices][index]()
    let (rows, width) = (64, model.featureCount)
    var random = Random(seed: UInt64(index))
    let ranges = InputRange.ranges(of: model)
    let inputs = (0..<rows * width).map { i -> Float in
      random.uniform(Float(ranges[i % width].low), Float(ranges[i % width].high))
    }
    let expected = try model.predict(Tensor(shape: [rows, width], inputs)).values
    let samples = stride(from: 0, to: inputs.count, by: width).map { Array(inputs[$0..<$0 + width]) }
    let hook = """
      <script>
      const rows = \(samples).map(row => glia.predict(row));
      document.body.append("BEGIN" + JSON.stringify({ rows, title: document.title, answer: answer.textContent }) + "END");
      </script>
      """
    let result = try Browser.result(of: try model.htmlPage(), hook)
    let values = try #require(result["rows"] as? [[Double]]).joined()
    #expect(values.count == expected.count)
    for (value, expected) in zip(values, expected) {
      #expect(abs(value - Double(expected)) <= 1e-6 * max(1, abs(Double(expected))))
    }
    let title = try #require(result["title"] as? String)
    #expect(index == 1 ? title.hasPrefix("</script>") : title == ["moons", "", "Model"][index])
    let answer = try #require(result["answer"] as? String)
    let start = try Tensor(shape: [1, width], ranges.map { Float($0.start) })
    if !model.classes.isEmpty { #expect(answer == model.classes[model.decide(try model.predict(start))[0]]) }
  }
}
