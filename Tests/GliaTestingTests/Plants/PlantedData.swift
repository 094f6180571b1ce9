import GliaCore

/// A line with noise, with a given fault.
struct PlantedSource: DataSource {
  static let name = "planted_source"
  var fault = ""
  var samples = 20
  var noise: Float = 0.5
  var seed: UInt64 = 0
  init() {}
  init(_ fault: String) { self.fault = fault }

  func load() throws -> Dataset {
    if fault == "throws" { throw GliaError("no data") }
    var random = Random(seed: fault == "seed ignored" ? 1 : fault == "unseeded" ? .random(in: 0...1000) : seed)
    let count = fault == "too few" ? samples - 1 : fault == "samples ignored" ? 20 : samples
    var (inputs, targets): ([Float], [Float]) = ([], [])
    for _ in 0..<count {
      let x = random.uniform(-1, 1)
      inputs += [x, fault == "constant features" ? 1 : random.uniform(-1, 1)]
      targets.append(x + (fault == "setting" ? 0.5 : noise) * random.uniform(-1, 1))
    }
    if fault == "constant features" { inputs = inputs.map { _ in 1 } }
    if fault == "constant target" { targets = targets.map { _ in 1 } }
    if fault == "nan" { inputs[3] = .nan }
    if fault == "infinite target" { targets[3] = .infinity }
    if fault == "grows" { inputs[0] = Calls.next() }
    let names = fault == "names" ? ["x", "z"] : fault == "empty names" ? ["x", ""] : ["x", "y"]
    return try Dataset(
      inputs: Tensor(shape: [count, 2], inputs), inputNames: names,
      targets: fault == "no targets" ? [] : [Column("z", targets)])
  }
}

/// A split of a permutation into three parts, with a given fault.
struct PlantedSplit: Split {
  static let name = "planted_split"
  var fault = ""
  var test = 0.25
  var seed: UInt64 = 0
  init() {}
  init(_ fault: String) { self.fault = fault }

  func parts(of data: Dataset) -> SplitParts {
    var random = Random(seed: fault == "seed ignored" ? 0 : fault == "unseeded" ? .random(in: 0...1000) : seed)
    let order = random.permutation(data.count)
    let fraction = fault == "fraction" ? 2 * test : fault == "setting" ? 0.25 : test
    let tests = max(Int(fraction * Double(data.count) + 0.5), 1)
    let validations = tests / 2
    var parts = SplitParts(
      training: Array(order.dropFirst(tests + validations)), validation: Array(order[tests..<tests + validations]),
      test: Array(order.prefix(tests)))
    switch fault {
    case "lost": parts.training.removeLast()
    case "validation lost": parts.validation = []
    case "twice": parts.training.append(parts.training[0])
    case "test learned": parts.training.append(parts.test[0])
    case "validation learned": parts.training.append(parts.validation[0])
    case "validation tested": parts.test.append(parts.validation[0])
    case "beyond": parts.test[0] = data.count
    case "negative": parts.training[0] = -1
    case "nothing to learn": (parts.training, parts.test) = ([], parts.test + parts.training)
    default: break
    }
    return parts
  }
}

/// Noise, with a given fault.
struct PlantedAugmentation: Augmentation {
  static let name = "planted_augmentation"
  var fault = ""
  var amount: Float = 0.5
  init() {}
  init(_ fault: String) { self.fault = fault }

  func apply(
    inputs: inout MutableSpan<Float>, targets: inout MutableSpan<Float>, rows: Int, using random: inout Random
  ) {
    let width = inputs.count / rows
    for i in inputs.indices {
      if fault == "first row alone", i >= width { break }
      let noise = (fault == "setting" ? 0.5 : amount) * random.uniform(-1, 1)
      switch fault {
      case "grows": inputs[i] *= 1e20 * noise
      case "remembers": inputs[i] += noise * Calls.next()
      case "nan": inputs[i] += rows == 1 ? noise / Float(rows - 1) * 0 : noise
      case "nothing": _ = noise
      default: inputs[i] += noise
      }
    }
    for i in targets.indices {
      switch fault {
      case "targets": targets[i] += 0.1 * random.uniform(-1, 1)
      case "targets zero": targets[i] = 0
      default: break
      }
    }
  }
}

/// The mean distance, with a given fault.
struct PlantedMetric: Metric {
  static let name = "planted_metric"
  var fault = ""
  var scale: Float = 1
  init() {}
  init(_ fault: String) { self.fault = fault }
  var unit: String { fault == "percent" ? "%" : "" }
  var higherIsBetter: Bool { fault == "direction" }
  func checkEncoding(_ encoding: TargetEncoding) throws { if encoding == .index { throw GliaError("no classes") } }

  func value(of predictions: Predictions) -> Double {
    let (outputs, targets, rows) = (predictions.outputs, predictions.targets, predictions.rows)
    let width = outputs.count / rows
    var (total, weights) = (0.0, 0.0)
    for i in outputs.indices {
      let place = fault == "neighbor's target" ? (i + width) % targets.count : i
      let weight = fault == "weights ignored" ? 1 : predictions.weight(i / width)
      weights += weight
      let distance = weight * Double((outputs[i] - (fault == "targets ignored" ? 0 : targets[place])).magnitude)
      switch fault {
      case "last ignored" where i >= targets.count - width && rows > 1: break
      case "order": total += distance * Double(i)
      default: total += distance * Double(fault == "setting" ? 1 : scale)
      }
    }
    let mean = total / (fault == "weights not divided by" ? Double(outputs.count) : weights)
    switch fault {
    case "constant": return 0.5
    case "sum": return total
    case "perfect is nan": return mean * (total / total)
    case "percent": return 3 * mean
    case "single": return total / Double(rows - 1)
    case "noise": return mean + .random(in: 0...0.01)
    case "remembers": return mean + 1e-3 * Double(Calls.next())
    case "nan": return predictions.encoding == .values ? .nan : mean
    default: return mean
    }
  }
}
