/// The training runs of one optimizer with several seeds, for comparison with other optimizers.
public struct ComparedRuns: Hashable, Sendable {
  /// The name of the optimizer, such as `Adam lr 0.01`.
  public var name: String
  /// The loss after every epoch of each run; a run that diverges ends at the first loss that is not finite.
  public var losses: [[Double]]

  /// Creates the runs of one optimizer.
  public init(_ name: String, losses: [[Double]]) {
    self.name = name
    self.losses = losses.map { run in
      run.firstIndex { !$0.isFinite }.map { Array(run[..<$0]) + [.infinity] } ?? run
    }
  }

  /// The number of epochs of the longest run.
  public var epochs: Int { losses.map(\.count).max() ?? 0 }
  /// The number of runs that diverged.
  public var divergedCount: Int { losses.count { $0.last == .infinity } }

  /// Returns the losses of all runs after `epoch`, starting with 1, in ascending order: infinite for diverged runs, the
  /// last one for runs that ended before.
  private func values(after epoch: Int) -> [Double] {
    losses.compactMap { $0.prefix(max(epoch, 0)).last }.sorted()
  }

  /// Returns the median over the runs after `epoch`, starting with 1; infinite if half of them have diverged, `nil`
  /// without runs.
  public func median(after epoch: Int) -> Double? { Self.median(values(after: epoch)) }

  /// The median after the last epoch; `nil` if half of the runs or more diverged.
  public var finalMedian: Double? { median(after: epochs).flatMap { $0.isFinite ? $0 : nil } }

  /// Returns the range of the losses after `epoch`, starting with 1, over the runs that have not diverged.
  public func range(after epoch: Int) -> ClosedRange<Double>? {
    let finite = values(after: epoch).filter(\.isFinite)
    guard let low = finite.first, let high = finite.last else { return nil }
    return low...high
  }

  /// Returns the median number of epochs until the loss is at most `threshold`; `nil` if half of the runs never reach
  /// it.
  public func epochs(toReach threshold: Double) -> Double? {
    let firsts = losses.map { run in run.firstIndex { $0 <= threshold }.map { Double($0 + 1) } ?? .infinity }
    return Self.median(firsts.sorted()).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Returns the median of ascending numbers.
  private static func median(_ sorted: [Double]) -> Double? {
    guard !sorted.isEmpty else { return nil }
    return sorted[(sorted.count - 1) / 2] / 2 + sorted[sorted.count / 2] / 2
  }
}

extension [ComparedRuns] {
  /// A threshold that separates the runs and that most of them reach: 1, 2, or 5 times a power of ten, closest to the
  /// geometric mean of typical medians after the first and last epochs; `nil` without positive losses.
  public var usualThreshold: Double? {
    // Runs that diverge start far away.
    let firsts = compactMap { $0.finalMedian == nil ? nil : $0.median(after: 1) }.filter { $0.isFinite && $0 > 0 }
      .sorted()
    let lasts = compactMap(\.finalMedian).filter { $0 > 0 }.sorted()
    guard !lasts.isEmpty, !firsts.isEmpty else { return nil }
    let middle = firsts[(firsts.count - 1) / 2].squareRoot() * lasts[(lasts.count - 1) / 2].squareRoot()
    let power = NumberText.power(NumberText.exponent(of: middle))
    let rounds = [1, 2, 5, 10].map { $0 * power }
    return rounds.min { Swift.max($0 / middle, middle / $0) < Swift.max($1 / middle, middle / $1) }
  }

  /// The indices of the runs, lowest final median first and diverged ones last.
  var ranking: [Int] {
    indices.sorted {
      let (a, b) = (self[$0].finalMedian ?? .infinity, self[$1].finalMedian ?? .infinity)
      return a == b ? $0 < $1 : a < b
    }
  }
}

/// The style of one of several optimizers, which is the same in every figure of a comparison: color, dashes, and
/// marker.
struct RunStyle {
  let color: Color
  let stroke: Stroke
  let marker: Marker

  private static let dashes: [[Double]] = [
    [], [8, 3.5], [2.5, 3], [9, 3, 2.5, 3], [14, 4], [5, 2], [9, 3, 2.5, 3, 2.5, 3],
  ]
  /// Stars are reserved for minima.
  private static let markers: [Marker] = [
    .circle, .square, .triangle, .diamond, .triangleDown, .hexagon, .plus, .pentagon,
  ]

  /// Creates the style of optimizer `index`. Colors, dashes, and markers repeat with different periods, so that
  /// optimizers of the same color differ.
  init(_ index: Int, _ theme: Theme) {
    let index = min(max(index, 0), 1_000_000)
    let round = index / max(theme.palette.count, 1)
    let dash = Self.dashes[(index + round) % Self.dashes.count]
    color = theme.hue(index)
    stroke = Stroke(2, cap: dash.isEmpty ? .round : .butt, dashes: dash)
    marker = Self.markers[(index + round) % Self.markers.count]
  }
}
