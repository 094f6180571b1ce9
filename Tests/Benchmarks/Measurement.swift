import AllocationCounter
import Glia
import GliaKernels

/// The result of a workload, shown as one line.
struct Measurement: Encodable {
  var work: String
  /// The kernels that ran.
  var kernels = Machine.kernels
  /// Microseconds per step: the median of the repetitions.
  var us: Double
  /// The fastest and slowest repetitions.
  var fastest, slowest: Double
  /// The number of steps timed.
  var steps: Int
  var parameters: Int
  var firstLoss, lastLoss: Double?
  /// The number of memory allocations per step.
  var allocationsPerStep: Double?
  /// GFLOP/s (10⁹ floating-point operations per second), for matrix products.
  var gflops: Double?

  /// Times `body`, which runs `steps` steps, after one warm-up call.
  init(_ work: String, parameters: Int, steps: Int, seconds: Double, _ body: () throws -> Void) rethrows {
    try body()
    let clock = ContinuousClock()
    var times: [Double] = []
    self.steps = 0
    for _ in 0..<5 {
      let start = clock.now
      var rounds = 0
      repeat {
        try body()
        rounds += 1
      } while start.duration(to: clock.now) < .seconds(seconds / 5)
      let elapsed = start.duration(to: clock.now).components
      times.append((Double(elapsed.seconds) * 1e6 + Double(elapsed.attoseconds) * 1e-12) / Double(rounds * steps))
      self.steps += rounds * steps
    }
    times.sort()
    (self.work, self.parameters) = (work, parameters)
    (us, fastest, slowest) = (times[2], times[0], times[4])
  }
}

extension Measurement {
  /// Times training steps, with data shuffled in every epoch.
  static func training(_ workload: Workload) throws -> Measurement {
    var training = try workload.training()
    var losses: [Double] = []
    let steps = (workload.samples + workload.batch - 1) / workload.batch
    var measured = try Measurement(
      workload.name, parameters: training.network.parameterCount, steps: steps, seconds: 1.5
    ) {
      if let epoch = try training.next() { losses.append(epoch.training.loss) }
    }
    (measured.firstLoss, measured.lastLoss) = (losses.first, losses.last)
    measured.allocationsPerStep = try allocationsPerStep(workload)
    return measured
  }

  /// The additional allocations of an epoch of twice the length, which exclude those made once per epoch.
  private static func allocationsPerStep(_ workload: Workload) throws -> Double? {
    guard allocation_count() >= 0, workload.samples <= 3072 else { return nil }
    func epoch(_ copies: Int) throws -> Int {
      var training = try workload.training(copies: copies)
      _ = try training.next()
      let before = allocation_count()
      _ = try training.next()
      return allocation_count() - before
    }
    return try Double(epoch(2) - epoch(1)) / Double(workload.samples / workload.batch)
  }

  /// Times predicting class probabilities for a million points.
  static func grid() throws -> Measurement {
    let network = try Workload.training[1].network()
    let axis = (0..<1000).map { Float($0) / 499.5 - 1 }
    let points = try Tensor(shape: [1_000_000, 2], axis.flatMap { y in axis.flatMap { x in [x, y] } })
    return try Measurement("grid", parameters: network.parameterCount, steps: 1, seconds: 3) {
      _ = try network.predict(points)
    }
  }

  /// Times the prediction for a single sample.
  static func one() throws -> Measurement {
    let network = try Workload.training[1].network()
    let sample = try Tensor(shape: [1, 2], [1, 1])
    return try Measurement("one", parameters: network.parameterCount, steps: 100, seconds: 1) {
      for _ in 0..<100 { _ = try network.predict(sample) }
    }
  }

  /// Times one update of ten million parameters.
  static func adam() throws -> Measurement {
    let count = 10_000_000
    var runner = try OptimizerRunner(Adam(), from: [Float](repeating: 1, count: count))
    var gradient = [Float](repeating: 0.1, count: count)
    return try Measurement("adam", parameters: count, steps: 1, seconds: 2) { try runner.update(along: &gradient) }
  }

  /// Times one of the three matrix products of a dense layer (nt: x wᵀ, nn: dy w, tn: dyᵀ x) with `size` samples, inputs and outputs.
  struct Product {
    let kind: String
    let size: Int
    var name: String { "gemm_\(kind)_\(size)" }
  }

  static let products = [32, 64, 128, 256, 512, 1024, 2048].flatMap { size in
    ["nt", "nn", "tn"].map { Product(kind: $0, size: size) }
  }

  static func gemm(_ product: Product) -> Measurement {
    let size = product.size
    let (a, b) = ((0..<size * size).map { Float($0 % 7) / 7 }, (0..<size * size).map { Float($0 % 5) / 5 })
    var c = a
    let rounds = max(1, 1_000_000 / (size * size))
    var measured = Measurement(product.name, parameters: 0, steps: rounds, seconds: 0.5) {
      for _ in 0..<rounds {
        switch product.kind {
        case "nt": glia_matmul_nt(size, size, size, a, b, nil, &c)
        case "nn": glia_matmul_nn(size, size, size, a, b, &c)
        default: glia_matmul_tn(size, size, size, a, b, &c)
        }
      }
    }
    measured.gflops = 2 * Double(size * size * size) / measured.us / 1000
    return measured
  }
}
