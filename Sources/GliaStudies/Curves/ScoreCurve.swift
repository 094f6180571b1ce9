import GliaCore
import GliaSearch

/// How the metric depends on one setting, or on the number of training samples: a validation curve, or a learning curve.
///
/// Each value is tried with the same seeds. A gap between the training and the held-out samples shows overfitting; two bad values
/// show that the network is too small, or not trained enough.
///
/// ```swift
/// let objective = try ExperimentObjective(moons, metric: "accuracy", seeds: 5, with: .standard)
/// let units = try ScoreCurve(of: objective, varying: SearchDimension(parsing: "network.layers.0.units=1,2,4,8,16"))
/// let samples = try ScoreCurve(of: objective, varying: SearchDimension(parsing: "samples=log-int:10..800"))
/// ```
///
/// Source: Hastie, Tibshirani and Friedman, "The elements of statistical learning" (2009), sections 2.9 and 7.10.
public struct ScoreCurve: Sendable {
  /// The metric at one value.
  public struct Point: Sendable {
    /// The value of the setting, or the number of training samples.
    public let value: JSON
    /// The metric on the training part, for each run; not finite for runs that diverged.
    public let training: [Double]
    /// The metric on the samples that were not learned from, for each run; not finite for runs that diverged.
    public let heldOut: [Double]
  }

  /// The path of the setting, or ``samples``.
  public let path: String
  /// The points, in the order of the values.
  public let points: [Point]
  /// The number of values to try, which is larger than that of the points if the measurement was interrupted.
  public let count: Int

  /// The name that stands for the number of training samples instead of the path of a setting.
  public static let samples = "samples"

  /// Measures the curve. If it is interrupted, it has the points that were finished.
  ///
  /// - Parameters:
  ///   - objective: the experiment and the metric.
  ///   - dimension: the setting and its values; `samples` for the number of training samples, or their fraction if it is below 1.
  ///   - count: how many values of a range are tried.
  ///   - jobs: how many values are tried at the same time.
  ///   - log: where every point is written down, and from which an interrupted measurement is continued; nil for none.
  ///   - isInterrupted: ends the measurement if it returns true.
  ///   - ended: called after each point, in order.
  /// - Throws: `GliaError` for values that the experiment does not allow, and `CancellationError` if it was interrupted before the
  ///   first point was finished.
  public init(
    of objective: ExperimentObjective, varying dimension: SearchDimension, points count: Int = 9, jobs: Int = 1,
    log: StudyLog? = nil, isInterrupted: (@Sendable () -> Bool)? = nil, _ ended: (Point) throws -> Void = { _ in }
  ) throws {
    // Mistakes come to light before anything is trained.
    let all = try Self.values(of: dimension, points: count, for: objective)
    var points: [Point] = []
    let path = dimension.path
    self.path = path
    do {
      try Jobs.run(all.count, jobs: jobs) { index in
        try log.result(
          of: [path: all[index]], decode: { try Point(logged: $0, all[index]) }, encode: \.json
        ) {
          let change = try Self.change(of: objective, path, all[index])
          let runs = try objective.measureEach(change.settings, samples: change.samples, isInterrupted: isInterrupted)
          return Point(value: all[index], training: runs.map(\.training), heldOut: runs.map(\.heldOut))
        }
      } ended: { _, point in
        points.append(point)
        try ended(point)
      }
    } catch is CancellationError where !points.isEmpty {}
    (self.points, self.count) = (points, all.count)
  }

  /// Throws for values that the experiment does not allow, without training anything.
  public static func check(_ dimension: SearchDimension, points count: Int = 9, of objective: ExperimentObjective)
    throws
  {
    _ = try values(of: dimension, points: count, for: objective)
  }

  /// The values to try.
  private static func values(
    of dimension: SearchDimension, points count: Int, for objective: ExperimentObjective
  ) throws -> [JSON] {
    var values = dimension.grid(points: count).map(dimension.value)
    if case .range = dimension.values, values.count > count, count > 1 {
      let all = values
      values = (0..<count).map { all[$0 * (all.count - 1) / (count - 1)] }
    }
    if dimension.path == samples { values = try counts(values, of: objective) }
    for value in values { _ = try change(of: objective, dimension.path, value) }
    return values
  }

  /// The numbers of training samples that are given as numbers or, if one is below 1, as fractions; in rising order.
  private static func counts(_ values: [JSON], of objective: ExperimentObjective) throws -> [JSON] {
    let all = try objective.trainingCount
    let numbers = values.map { $0.double ?? .nan }
    let areFractions = numbers.contains { $0 > 0 && $0 < 1 } && numbers.allSatisfy { $0 <= 1 }
    let counts = try zip(values, numbers).map { value, number -> Int in
      let exact = areFractions ? max((number * Double(all)).rounded(), number > 0 ? 1 : 0) : number
      guard let count = Int(exactly: exact), 1...all ~= count else {
        throw GliaError(
          "\(value.compact.excerpt) training samples", at: samples,
          expected: "whole numbers from 1 to \(all.grouped), or fractions of them, such as 0.1,0.5,1",
          remedy: number > Double(all)
            ? "there are only \(all.grouped) training samples" : "for a range, write log-int:10..\(all)")
      }
      return count
    }
    return Set(counts).sorted().map { JSON($0) }
  }

  /// The settings, or the share of the training samples, that a value stands for.
  private static func change(
    of objective: ExperimentObjective, _ path: String, _ value: JSON
  ) throws -> (settings: JSON.Object, samples: TrainingShare?) {
    guard path == samples else {
      _ = try objective.experiment(with: [path: value])
      return ([path: value], nil)
    }
    guard let number = value.double, let share = TrainingShare(number) else {
      throw GliaError(
        "\(value.compact.excerpt) training samples", at: path,
        expected: "whole numbers of 1 or more, or fractions above 0 and below 1")
    }
    return ([:], share)
  }
}

extension ScoreCurve.Point {
  /// The results of the point for a log.
  fileprivate var json: JSON {
    ["training": .array(training.map(\.logged)), "held_out": .array(heldOut.map(\.logged))]
  }

  fileprivate init(logged json: JSON, _ value: JSON) throws {
    func numbers(_ key: String) throws -> [Double] { try (json[key]?.array ?? []).map { try Double(logged: $0) } }
    self.init(value: value, training: try numbers("training"), heldOut: try numbers("held_out"))
  }
}
