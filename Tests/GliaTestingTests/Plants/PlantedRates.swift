import GliaCore
import GliaTesting

/// A decreasing learning rate, with a given fault.
struct PlantedSchedule: Schedule {
  static let name = "planted_schedule"
  var per = SchedulePeriod.step { didSet { if fault == "period" { per = oldValue } } }
  var fault = ""
  var steepness = 0.5
  private var epochs = 0
  private enum CodingKeys: CodingKey { case per, fault, steepness }
  init() {}
  init(_ fault: String) { self.fault = fault }

  func rate(base: Double, at count: Int) -> Double {
    let falling = base / (1 + (fault == "setting" ? 0.5 : steepness) * Double(count))
    switch fault {
    case "negative": return base * (1 - Double(count) / 100)
    case "nan": return count == 0 ? base : base / Double(count - 10) * Double(count - 10)
    case "grows": return base * (1 + Double(count) / 10)
    case "base ignored": return 0.005 / (1 + steepness * Double(count))
    case "base squared": return falling * base
    case "zero at first": return base * min(Double(count) / 10, 1)
    case "random": return falling * Double.random(in: 0.9...1)
    case "remembers": return falling * (1 + 1e-3 * Double(Calls.next()).truncatingRemainder(dividingBy: 7))
    case "grows with epochs": return base * Double(1 + epochs)
    case "grows by powers": return epochs == 0 ? falling : base * .pow(2, epochs)
    case "negative after epochs": return base * (1 - Double(epochs) / 100)
    case "remembers epochs":
      return epochs == 0 ? falling : falling * Double(Calls.next().truncatingRemainder(dividingBy: 7))
    default: return falling
    }
  }

  mutating func epochEnded(_ epoch: Epoch) { epochs += 1 }
}

/// Uniform numbers with the declared variance, with a given fault.
struct PlantedInitializer: Initializer, DistributionClaim {
  static let name = "planted_initializer"
  var fault = ""
  var gain: Float = 1
  init() {}
  init(_ fault: String) { self.fault = fault }

  private func limit(_ fan: Int) -> Float { ((fault == "setting" ? 1 : gain) * 3 / Float(fan)).squareRoot() }

  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    let width = shape.last ?? 1
    let limit = limit(fault == "fans exchanged" ? fanOut : fanIn)
    var own = Random(seed: 1)
    if fault == "drawn for nothing" { _ = random.next() }
    for i in values.indices {
      switch fault {
      case "own generator", "drawn for nothing": values[i] = own.uniform(-limit, limit)
      case "half": if i < values.count / 2 { values[i] = random.uniform(-limit, limit) }
      case "equal units": values[i] = i < width ? random.uniform(-limit, limit) : values[i - width]
      case "pairs": values[i] = i % 2 == 0 ? random.uniform(-limit, limit) : values[i - 1]
      case "mirrored": values[i] = i % 2 == 0 ? random.uniform(-limit, limit) : -values[i - 1]
      case "mean": values[i] = random.uniform(-limit, limit) + 0.05
      case "positive": values[i] = random.uniform(0, 2 * limit)
      case "variance": values[i] = random.uniform(-limit, limit) * 1.1
      case "remembers": values[i] = random.uniform(-limit, limit) * (1 + 1e-6 * Calls.next())
      case "nan": values[i] = 1 / random.uniform(-limit, limit).rounded(.down) * 0
      default: values[i] = random.uniform(-limit, limit)
      }
    }
  }

  func distribution(fanIn: Double, fanOut: Double) -> Distribution? {
    fault == "pairs"
      ? nil : Distribution(variance: Double(fault == "setting" ? 1 : gain) / fanIn)
  }
}

/// Σ w², with a given fault.
struct PlantedRegularizer: Regularizer {
  static let name = "planted_regularizer"
  var strength: Float = 0.01
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }

  private func counts(_ i: Int, _ shape: [Int]) -> Bool { fault != "first row alone" || i < shape[shape.count - 1] }
  private var factor: Float { fault == "setting" ? 0.01 : fault == "negative" ? -strength : strength }

  func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    var total: Float = 0
    for i in weight.indices where counts(i, shape) { total += factor * weight[i] * weight[i] }
    if fault == "remembers" { total += 1e-3 * Calls.next() }
    if fault == "nan" { total *= total / total }
    return total
  }

  func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    for i in weight.indices where counts(i, shape) {
      var slope = 2 * factor * weight[i]
      switch fault {
      case "half": slope /= 2
      case "sign": slope = -slope
      case "strength twice": slope *= strength
      case "strength missing": slope /= strength
      case "mean": slope /= Float(weight.count)
      case "noise": slope += .random(in: 0...0.001)
      default: break
      }
      gradient[i] = fault == "written" ? slope : gradient[i] + slope
      if fault == "last missing", i == weight.count - 2 { break }
    }
  }
}
