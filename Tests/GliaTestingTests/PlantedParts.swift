import GliaCore

/// |w| with a gradient of 1 at 0, or of |w| / |w|.
struct KinkedAtZero: Regularizer {
  static let name = "kinked_at_zero"
  var divides = false
  init() {}
  init(divides: Bool) { self.divides = divides }
  func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    var total: Float = 0
    for i in weight.indices { total += weight[i].magnitude }
    return total
  }
  func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    for i in weight.indices { gradient[i] += divides ? weight[i] / weight[i].magnitude : weight[i] >= 0 ? 1 : -1 }
  }
}

/// A schedule that overflows long after its end, or after many epochs without progress.
struct Overflowing: Schedule {
  static let name = "overflowing"
  var per = SchedulePeriod.step
  var followsEpochs = false
  private var factor = 1.0
  private enum CodingKeys: CodingKey { case per, followsEpochs }
  init() {}
  init(followsEpochs: Bool) { self.followsEpochs = followsEpochs }
  func rate(base: Double, at count: Int) -> Double {
    followsEpochs ? base * factor : count == .max ? .infinity : base
  }
  mutating func epochEnded(_ epoch: Epoch) { factor *= 10 }
}

struct Negative: Schedule {
  static let name = "negative"
  var per = SchedulePeriod.step
  func rate(base: Double, at count: Int) -> Double { base * (1 - Double(count) / 100) }
}

struct WrongWay: Metric {
  static let name = "wrong_way"
  var higherIsBetter: Bool { true }
  func checkEncoding(_ encoding: TargetEncoding) throws { if encoding == .index { throw GliaError("indices") } }
  func value(of predictions: Predictions) -> Double {
    let (outputs, targets) = (predictions.outputs, predictions.targets)
    var total = 0.0
    for i in outputs.indices {
      total += predictions.weight(i / predictions.width) * Double((outputs[i] - targets[i]).magnitude)
    }
    return total
  }
}

/// A metric with a given fault.
struct FaultyMetric: Metric {
  static let name = "faulty_metric"
  var fault = ""
  var higherIsBetter: Bool { fault == "direction" }
  init() {}
  init(_ fault: String) { self.fault = fault }
  func checkEncoding(_ encoding: TargetEncoding) throws {
    guard encoding == .values, fault != "refuses" else { throw GliaError("no numbers") }
  }
  func value(of predictions: Predictions) -> Double {
    let (outputs, targets) = (predictions.outputs, predictions.targets)
    let count = (0..<predictions.rows).reduce(0) { $0 + predictions.weight($1) }
    var total = 0.0
    for i in outputs.indices {
      let distance = outputs[i] - targets[i]
      let weight = predictions.weight(i / predictions.width) * (fault == "order" ? Double(i) : 1)
      total += weight * Double(fault == "overflows" ? distance * distance : distance.magnitude)
    }
    return fault == "constant" ? 1 : total / (fault == "sample" ? count - 1 : count)
  }
}

/// A callback with a given fault.
struct FaultyCallback: Callback {
  static let name = "faulty_callback"
  var fault = ""
  private var seen = 0
  private enum CodingKeys: CodingKey { case fault }
  init() {}
  init(_ fault: String) { self.fault = fault }
  var files: [String] { fault == "silent" ? ["promised.txt"] : [] }
  func checkColumns(_ columns: [String]) throws { if fault == "refuses" { throw GliaError("no") } }
  mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    if fault == "throws" { throw GliaError("no") }
    if fault == "forgets", control.isReplay { return }
    seen += 1
    if seen == 3 { control.stop(.target) }
    if fault == "rewrites", control.isReplay { try AtomicFile.write("", to: control.path("again.txt")) }
  }
}

struct Leak: Split {
  static let name = "leak"
  var first = 10
  init() {}
  init(first: Int) { self.first = first }
  func parts(of data: Dataset) -> SplitParts { SplitParts(training: Array(0..<40), test: Array(first..<50)) }
}

struct Unseeded: DataSource {
  static let name = "unseeded"
  var samples = 10
  func load() throws -> Dataset {
    try Dataset(
      inputs: Tensor(shape: [10, 1], (0..<10).map { _ in .random(in: 0...1) }),
      targets: [Column("y", [Float](repeating: 0, count: 10))])
  }
}

/// A component with a setting that is missing from the coding keys.
struct LostSetting: ElementwiseActivation {
  static let name = "lost_setting"
  var beta: Float = 1
  private enum CodingKeys: CodingKey {}
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * T(beta) }
}

/// A component with a setting that is written but not read.
struct UnreadSetting: ElementwiseActivation {
  static let name = "unread_setting"
  var beta: Float = 1
  init() {}
  init(from decoder: any Decoder) throws { self.init() }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * T(beta) }
}

/// A cross-entropy on scores with class weights and a given fault.
struct FaultyClassWeights: ElementwiseLoss {
  static let name = "faulty_class_weights"
  var classWeights: [Float]? = nil
  var fault = ""
  init() {}
  init(_ fault: String, _ classWeights: [Float]?) { (self.fault, self.classWeights) = (fault, classWeights) }
  var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let weight: T = classWeights.map { T($0[target > 0.5 ? 1 : 0]) } ?? 1
    return (fault == "twice" ? weight * weight : weight) * (.softplus(prediction) - target * prediction)
  }
  func fromLogits(of link: Link) -> (any Loss)? {
    let handedOn = fault == "forgotten" ? nil : classWeights
    return link == .identity ? FaultyClassWeights(fault, handedOn) : nil
  }
}

/// A perceptron loss that accepts any label and ignores NaN.
struct FaultyHinge: ElementwiseLoss {
  static let name = "faulty_hinge"
  var targetEncoding: TargetEncoding { .binary(negative: -1, positive: 1) }
  func checkTargets(_ targets: Tensor, classes: Int) {}
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    target * prediction < 1 ? 1 - target * prediction : 0
  }
}
