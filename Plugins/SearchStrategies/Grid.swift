import GliaCore
import GliaSearch

/// The combinations of a space as a tree, in which each level is a dimension. They are counted, never listed.
struct Grid {
  /// What determines the combinations of the dimensions from `level` on: which of them the earlier values rule out.
  private struct Branch: Hashable {
    let level: Int
    let excluded: [Int]
  }

  private let space: SearchSpace
  private let values: [[Double]]
  /// For each dimension with a condition, the index of the dimension that it depends on.
  private let parents: [Int?]
  /// The counts that are known already.
  private var counts: [Branch: Int] = [:]

  /// The largest count; more combinations count as so many.
  private static let limit = 1_000_001

  init(_ space: SearchSpace, points: Int) {
    self.space = space
    values = space.dimensions.map { $0.grid(points: points) }
    let paths = space.dimensions.map { Spelling.folded($0.path) }
    parents = space.dimensions.map { dimension in
      dimension.condition.flatMap { paths.firstIndex(of: Spelling.folded($0.path)) }
    }
  }

  /// Returns the number of combinations that begin with `prefix`, at most 1,000,001.
  mutating func count(after prefix: [Double] = []) -> Int {
    let level = prefix.count
    guard level < values.count else { return 1 }
    let branch = branch(after: prefix)
    if let known = counts[branch] { return known }
    let choices = choices(after: prefix)
    var total = 0
    if parents.contains(level) {
      for choice in choices where total < Self.limit { total += count(after: prefix + [choice]) }
    } else {
      total = choices.count * count(after: prefix + [choices[0]])
    }
    counts[branch] = min(total, Self.limit)
    return min(total, Self.limit)
  }

  /// Returns combination `index`; nil if there are fewer.
  mutating func point(_ index: Int) -> [Double]? {
    var (rest, prefix) = (index, [Double]())
    while prefix.count < values.count {
      let choices = choices(after: prefix)
      if parents.contains(prefix.count) {
        var next: Double?
        for choice in choices {
          let count = count(after: prefix + [choice])
          next = choice
          if rest < count { break }
          rest -= count
          next = nil
        }
        guard let next else { return nil }
        prefix.append(next)
      } else {
        let each = count(after: prefix + [choices[0]])
        guard choices.indices.contains(rest / each) else { return nil }
        prefix.append(choices[rest / each])
        rest %= each
      }
    }
    return prefix
  }

  /// The values of the dimension after `prefix`.
  private func choices(after prefix: [Double]) -> [Double] {
    guard parents[prefix.count] != nil else { return values[prefix.count] }
    return space.active(at: prefix)[prefix.count] ? values[prefix.count] : [0.5]
  }

  private func branch(after prefix: [Double]) -> Branch {
    let level = prefix.count
    let decided = (level..<parents.count).filter { parents[$0].map { $0 < level } ?? false }
    guard !decided.isEmpty else { return Branch(level: level, excluded: []) }
    let active = space.active(at: prefix)
    return Branch(level: level, excluded: decided.filter { !active[$0] })
  }
}
