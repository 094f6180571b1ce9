import GliaCore

/// The curves of a classifier, of whatever kind: of the second of two classes, or of each class against the rest.
struct RankedClasses<Curve> {
  /// Each with the index of its class, of more than two classes.
  private(set) var curves: [(name: String, curve: Curve, place: Int?)] = []
  /// The curve of all decisions about any class together, of more than two classes.
  private(set) var average: Curve?
  let summary: String
  private(set) var notes: [String]

  init(
    _ results: ClassScores, _ curve: (_ scores: [Float], _ isPositive: [Bool], _ ties: [Double]?) throws -> Curve
  ) throws {
    notes = [ROCCurve.skippedNote(results.skipped)]
    let counts = results.counts
    let samples = NumberText.count(results.count, "sample")
    try results.requireTwoClasses()
    let names = results.classes.namedAsClasses
    if results.isBinary {
      curves = [(names[1], try curve(results.ranking(of: 1), results.membership(of: 1), results.ties(of: 1)), nil)]
      let part = NumberText.grouped(counts[1])
      summary =
        "\(names[1]) against \(names[0]) · \(samples), \(part) of them \(names[1])"
      return
    }
    summary = "\(results.classes.count) classes, each against the rest · \(samples)"
    let absent = counts.indices.filter { counts[$0] == 0 }
    if !absent.isEmpty {
      notes.append("no curve of \(NumberText.count(absent.count, "class", "classes")) without a sample")
    }
    let all = results.classes.indices.map {
      (scores: results.ranking(of: $0), isPositive: results.membership(of: $0), ties: results.ties(of: $0))
    }
    for (index, one) in all.enumerated() where counts[index] > 0 {
      curves.append((names[index], try curve(one.scores, one.isPositive, one.ties), index))
    }
    average = try curve(
      all.flatMap(\.scores), all.flatMap(\.isPositive), all[0].ties == nil ? nil : all.flatMap { $0.ties ?? [] })
  }
}
