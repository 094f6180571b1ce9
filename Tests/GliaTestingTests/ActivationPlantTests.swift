import Glia
import GliaTesting
import Testing

/// An activation whose pullback is 1 % too steep.
private struct TooSteep<Base: Activation>: Activation {
  static var name: String { Base.name }
  var base = Base()
  var needsInput: Bool { base.needsInput }
  func apply(_ values: inout MutableSpan<Float>, width: Int) { base.apply(&values, width: width) }
  func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    base.pullback(&gradient, input: z, output: a, width: width)
    for i in gradient.indices { gradient[i] *= 1.01 }
  }
}

extension TooSteep: ElementwiseActivation where Base: ElementwiseActivation {
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { base(z) }
}

/// A custom formula, with a given fault.
private struct Wave: ElementwiseActivation, MonotonicityClaim {
  static let name = "wave"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }
  var range: ClosedRange<Float>? { fault == "range" ? -0.99...1 : -1...1 }
  var isMonotonic: Bool { fault == "monotonic" }
  var hasUsefulDerivative: Bool { fault != "useless" }
  var link: Link? { fault == "link" ? .threshold : nil }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .sin(z) }
  func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices { gradient[i] *= Float.cos(z[i]) * (fault == "slope" ? 1.01 : 1) }
  }
}

/// A staircase with a given fault.
private struct Stairs: ElementwiseActivation, MonotonicityClaim {
  static let name = "stairs"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }
  var hasUsefulDerivative: Bool { fault == "useful" }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z < 2 ? 0 : z >= 2 ? 1 : z }
  func apply(_ values: inout MutableSpan<Float>, width: Int) {
    for i in values.indices {
      values[i] = fault == "kink" && values[i] == 2 ? 0.5 : self(values[i])
    }
  }
}

/// A kink with a slope outside the range of the one-sided slopes.
private struct Bend: ElementwiseActivation {
  static let name = "bend"
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z == 1.5 ? 3 * z - 3 : z < 1.5 ? z : 2 * z - 1.5 }
}

/// A formula that is undefined on one side.
private struct Logarithm: ElementwiseActivation, MonotonicityClaim {
  static let name = "logarithm"
  var range: ClosedRange<Float>? { -.infinity...(.infinity) }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .log(z) }
}

/// z² / Σ z² for each row, whose pullback or declared range can be wrong.
private struct Shares: Activation {
  static let name = "shares"
  var slope: Float = 1
  init() {}
  init(slope: Float) { self.slope = slope }
  var range: ClosedRange<Float>? { slope == 1 ? 0.1...1 : 0...1 }
  func apply(_ values: inout MutableSpan<Float>, width: Int) {
    for start in stride(from: 0, to: values.count, by: width) {
      var sum: Float = 1
      for i in start..<start + width { sum += values[i] * values[i] }
      for i in start..<start + width { values[i] *= values[i] / sum }
    }
  }
  func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for start in stride(from: 0, to: gradient.count, by: width) {
      var (sum, mean): (Float, Float) = (1, 0)
      for i in start..<start + width { (sum, mean) = (sum + z[i] * z[i], mean + gradient[i] * a[i]) }
      for i in start..<start + width { gradient[i] = slope * 2 * z[i] / sum * (gradient[i] - mean) }
    }
  }
}

private func failures(_ activation: some Activation) -> [String: String] {
  let failed = checkActivation(activation).filter { !$0.passed }
  return Dictionary(uniqueKeysWithValues: failed.map { ($0.check, $0.explanation ?? "") })
}

@Test("a derivative error of one percent is caught in every activation")
func everySlopeIsWatched() throws {
  func tooSteep<A: Activation>(_ type: A.Type) -> [CheckResult] {
    func elementwise<E: ElementwiseActivation>(_ type: E.Type) -> [CheckResult] { checkActivation(TooSteep<E>()) }
    if let type = type as? any ElementwiseActivation.Type { return elementwise(type) }
    return checkActivation(TooSteep<A>())
  }
  var count = 0
  for entry in Registry.standard.components(of: .activation) {
    let type = try #require(entry.type as? any Activation.Type)
    guard type.init().hasUsefulDerivative else { continue }
    count += 1
    let found = tooSteep(type).first { $0.check == "derivative" }
    let explanation = try #require(found?.explanation, "\(type.name) passes")
    #expect(explanation.contains("z = ") && explanation.contains("central differences give"), "\(explanation)")
    #expect(explanation.contains(type.name) && explanation.contains("likely cause"), "\(explanation)")
  }
  #expect(count >= 24)
}

@Test("faults in a new formula are caught by the right checks")
func newFormulas() {
  #expect(failures(Wave()).isEmpty)
  #expect(Set(failures(Wave("slope")).keys).isSuperset(of: ["derivative", "slope at 0"]))
  #expect(failures(Wave("range"))["range"]?.contains("in the declared range -0.99...1.0") == true)
  #expect(failures(Wave("monotonic"))["monotonic"]?.contains("the value falls to") == true)
  #expect(Array(failures(Wave("useless")).keys) == ["useful derivative"])
  #expect(Array(failures(Wave("link")).keys) == ["link"])
}

@Test("values and slopes at jumps and kinks")
func kinks() {
  #expect(failures(Stairs()).isEmpty)
  #expect(failures(Stairs("kink"))["kinks"]?.contains("at z = 2.0: apply gives 0.5") == true)
  #expect(Array(failures(Stairs("useful")).keys) == ["useful derivative"])
  #expect(failures(Bend())["kinks"]?.contains("the pullback gives 3, but the slope is 1") == true)
}

@Test("a formula that is undefined below 0 is explained")
func noValue() {
  let failed = failures(Logarithm())
  #expect(failed["extremes"]?.contains("nan and its derivative") == true, "\(failed)")
  #expect(failed["range"]?.contains("in the declared range") == true, "\(failed)")
  #expect(failed["values"] == nil && failed["batch of one"] == nil, "\(failed)")
}

@Test("slope and range of a new activation over rows")
func newRows() {
  #expect(Set(failures(Shares(slope: 1.01)).keys) == ["derivative"])
  #expect(Set(failures(Shares()).keys) == ["range"])
}
