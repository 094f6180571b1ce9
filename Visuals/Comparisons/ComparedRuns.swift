/// One optimizer's trainings from several seeds, as a figure compares them with those of others.
public struct ComparedRuns: Hashable, Sendable {
  /// The name of the optimizer, such as `Adam lr 0.01`.
  public var name: String
  /// The loss after every epoch of each run; a number that is not finite ends a run as diverged.
  public var losses: [[Double]]

  /// The runs of the optimizer `name`.
  public init(_ name: String, losses: [[Double]]) {
    self.name = name
    self.losses = losses.map { run in
      run.firstIndex { !$0.isFinite }.map { Array(run[..<$0]) + [.infinity] } ?? run
    }
  }

  /// How many epochs the longest run has.
  public var epochs: Int { losses.map(\.count).max() ?? 0 }
  /// How many runs diverged.
  public var divergedCount: Int { losses.count { $0.last == .infinity } }

  /// The losses of all runs after `epoch`, from 1, rising: infinite for diverged ones, the last one of those that ended before.
  private func values(after epoch: Int) -> [Double] {
    losses.compactMap { $0.prefix(max(epoch, 0)).last }.sorted()
  }

  /// The median over the runs after `epoch`, from 1; infinite where half of them have diverged, nil without runs.
  public func median(after epoch: Int) -> Double? { Self.median(values(after: epoch)) }

  /// The median in the end; nil where half of the runs or more diverged.
  public var finalMedian: Double? { median(after: epochs).flatMap { $0.isFinite ? $0 : nil } }

  /// The lowest and the highest loss after `epoch`, from 1, of the runs that have not diverged.
  public func range(after epoch: Int) -> ClosedRange<Double>? {
    let finite = values(after: epoch).filter(\.isFinite)
    guard let low = finite.first, let high = finite.last else { return nil }
    return low...high
  }

  /// The median over the runs of the first epoch with a loss of at most `threshold`; nil where half of them never get there.
  public func epochs(toReach threshold: Double) -> Double? {
    let firsts = losses.map { run in run.firstIndex { $0 <= threshold }.map { Double($0 + 1) } ?? .infinity }
    return Self.median(firsts.sorted()).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The middle of rising numbers, or the mean of the two in the middle.
  private static func median(_ sorted: [Double]) -> Double? {
    guard !sorted.isEmpty else { return nil }
    return sorted[(sorted.count - 1) / 2] / 2 + sorted[sorted.count / 2] / 2
  }
}

extension [ComparedRuns] {
  /// A loss that tells the runs apart and that most of them reach: the number 1, 2 or 5 times a power of ten next to the
  /// geometric mean of a middling median after the first epoch and one in the end; nil without positive losses.
  public var usualThreshold: Double? {
    // What diverges begins far away.
    let firsts = compactMap { $0.finalMedian == nil ? nil : $0.median(after: 1) }.filter { $0.isFinite && $0 > 0 }
      .sorted()
    let lasts = compactMap(\.finalMedian).filter { $0 > 0 }.sorted()
    guard !lasts.isEmpty, !firsts.isEmpty else { return nil }
    let middle = firsts[(firsts.count - 1) / 2].squareRoot() * lasts[(lasts.count - 1) / 2].squareRoot()
    let power = NumberText.power(NumberText.exponent(of: middle))
    let rounds = [1, 2, 5, 10].map { $0 * power }
    return rounds.min { Swift.max($0 / middle, middle / $0) < Swift.max($1 / middle, middle / $1) }
  }

  /// The places of the runs, the lowest final median first, diverged ones last.
  var ranking: [Int] {
    indices.sorted {
      let (a, b) = (self[$0].finalMedian ?? .infinity, self[$1].finalMedian ?? .infinity)
      return a == b ? $0 < $1 : a < b
    }
  }
}

/// How one of several optimizers looks, the same in every figure of a comparison: its hue, its dashes and the sign at its end.
struct RunStyle {
  let color: Color
  let stroke: Stroke
  let marker: Marker

  private static let dashes: [[Double]] = [
    [], [8, 3.5], [2.5, 3], [9, 3, 2.5, 3], [14, 4], [5, 2], [9, 3, 2.5, 3, 2.5, 3],
  ]
  /// A star is the sign of a minimum.
  private static let markers: [Marker] = [
    .circle, .square, .triangle, .diamond, .triangleDown, .hexagon, .plus, .pentagon,
  ]

  /// The style of optimizer `index`: hues, dashes and signs have rounds of their own, so that those of one hue differ.
  init(_ index: Int, _ theme: Theme) {
    let round = index / max(theme.palette.count, 1)
    let dash = Self.dashes[(index + round) % Self.dashes.count]
    color = theme.hue(index)
    stroke = Stroke(2, cap: dash.isEmpty ? .round : .butt, dashes: dash)
    marker = Self.markers[(index + round) % Self.markers.count]
  }
}
