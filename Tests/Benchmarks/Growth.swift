import Glia
import GliaVisuals

/// How the time of a training step grows when samples, width, depth or batch are doubled, each alone, again and again.
struct Growth {
  private static let factors = [1, 2, 4, 8, 16, 32, 64]
  private static let (units, layers, batch, samples) = (32, 2, 16, 2048)
  private static let start = "from 16–32–32–4, 2,048 samples in batches of 16, with one of the four enlarged"

  private static func workload(
    _ name: String, samples: Int = 1, width: Int = 1, depth: Int = 1, batch: Int = 1
  ) -> Workload {
    let hidden = Array(repeating: units * width, count: layers * depth)
    return Workload(
      name: name, widths: [16] + hidden + [4], hidden: ReLU(), batch: Self.batch * batch,
      samples: max(Self.samples * samples, Self.batch * batch))
  }

  private static let directions: [(name: String, workload: @Sendable (Int) -> Workload)] = [
    ("samples", { workload("samples \($0)", samples: $0) }),
    ("batch", { workload("batch \($0)", batch: $0) }),
    ("depth", { workload("depth \($0)", depth: $0) }),
    ("width", { workload("width \($0)", width: $0) }),
  ]

  /// Measures every size, reports it, and returns the picture.
  static func figure(_ report: (Measurement) throws -> Void) throws -> CurveBands {
    let series = try directions.map { name, workload in
      let measured = try factors.map { factor in
        let measurement = try Measurement.training(workload(factor))
        try report(measurement)
        return measurement
      }
      return CurveBands.Series(
        name, x: factors.map(Double.init), median: measured.map(\.us), low: measured.map(\.fastest),
        high: measured.map(\.slowest))
    }
    var figure = CurveBands(series)
    (figure.horizontal, figure.vertical) = (.logarithmic, .logarithmic)
    (figure.xName, figure.yName) = ("times as many", "µs per training step")
    figure.page.title = "What a larger network costs"
    figure.page.subtitle = start
    figure.note = "\(Machine.processor), \(Machine.kernels), \(Threads.count) threads; median and range of 5 runs"
    return figure
  }
}
