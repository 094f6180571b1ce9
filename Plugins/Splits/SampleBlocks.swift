import GliaCore

/// Samples in blocks that are never divided: groups of samples, or samples of the same time in order.
struct SampleBlocks {
  private(set) var blocks: [[Int]]
  private let isOrdered: Bool
  /// The number of samples.
  private let count: Int
  /// The name of the column.
  private let name: String

  /// Groups the samples of `data` by the column `name`; the order of the groups is drawn from `seed`.
  init(of data: Dataset, by name: String, seed: UInt64) throws {
    let labels = try data.column(named: name).labels
    let groups = Dictionary(grouping: labels.indices) { labels[$0] }.values.sorted { $0[0] < $1[0] }
    var random = Random(seed: seed)
    blocks = random.permutation(groups.count).map { groups[$0] }
    (isOrdered, count, self.name) = (false, labels.count, name)
  }

  /// Orders the samples of `data` by the column `name`; those with equal values stay together, in the order of the data.
  init(of data: Dataset, inOrderOf name: String) throws {
    let column = try data.column(named: name)
    switch column.cells {
    case .numbers(let numbers): blocks = Self.runs(of: numbers)
    case .text(let text):
      try text.requireOrder(of: name)
      blocks = Self.runs(of: text)
    }
    (isOrdered, count, self.name) = (true, column.count, name)
  }

  /// Groups or orders the samples of `data`; nil if neither is wanted.
  init?(of data: Dataset, by group: String?, order: String?, seed: UInt64) throws {
    if let group {
      try self.init(of: data, by: group, seed: seed)
    } else if let order {
      try self.init(of: data, inOrderOf: order)
    } else {
      return nil
    }
  }

  /// The samples of all blocks.
  var samples: [Int] { blocks.flatMap(\.self) }

  /// The number of blocks, with its noun.
  private var counted: String { blocks.count.counted("value") + " of '\(name.excerpt)'" }

  private static func runs<Key: Comparable>(of keys: [Key]) -> [[Int]] {
    let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    return order.reduce(into: []) { runs, index in
      if let last = runs.last?.last, keys[last] == keys[index] {
        runs[runs.count - 1].append(index)
      } else {
        runs.append([index])
      }
    }
  }

  /// Throws if there are fewer than `least` blocks.
  func require(_ least: Int, for what: String, remedy: String) throws {
    guard blocks.count < least else { return }
    throw GliaError(
      "\(counted) for \(what)", at: "split",
      expected: "at least \(least), because the samples of one value stay together", remedy: remedy)
  }

  /// Removes the blocks of a part of round(n × fraction) samples and returns their samples; none for a fraction of 0.
  ///
  /// Each block is taken if it brings the part nearer to its size, ordered ones from the end and without gaps, but at least one
  /// block.
  ///
  /// - Parameter least: The number of blocks that remain.
  mutating func take(_ fraction: Double, leaving least: Int) -> [Int] {
    guard fraction > 0, blocks.count > least else { return [] }
    let wanted = max((Double(count) * fraction).rounded(), 1)
    var (taken, kept, size) = ([Int](), [Int](), 0.0)
    for index in isOrdered ? blocks.indices.reversed() : Array(blocks.indices) {
      let next = size + Double(blocks[index].count)
      let isNearer = (next - wanted).magnitude < (size - wanted).magnitude
      if isNearer, blocks.count - taken.count > least, !isOrdered || kept.isEmpty {
        taken.append(index)
        size = next
      } else {
        kept.append(index)
      }
    }
    if taken.isEmpty {
      let smallest = blocks.indices.min { blocks[$0].count < blocks[$1].count }
      taken = [isOrdered ? blocks.count - 1 : smallest ?? 0]
    }
    let part = taken.sorted().flatMap { blocks[$0] }
    let removed = Set(taken)
    blocks = blocks.indices.filter { !removed.contains($0) }.map { blocks[$0] }
    return part
  }

  /// Removes the blocks of part `fold` of `folds` and returns their samples: the largest block first, each goes to the smallest
  /// part so far.
  mutating func take(fold: Int, of folds: Int) -> [Int] {
    var sizes = [Int](repeating: 0, count: folds)
    var owners = [Int](repeating: 0, count: blocks.count)
    for block in blocks.indices.sorted(by: { (blocks[$1].count, $0) < (blocks[$0].count, $1) }) {
      let smallest = sizes.indices.min { sizes[$0] < sizes[$1] } ?? 0
      sizes[smallest] += blocks[block].count
      owners[block] = smallest
    }
    let part = blocks.indices.filter { owners[$0] == fold }.flatMap { blocks[$0] }
    blocks = blocks.indices.filter { owners[$0] != fold }.map { blocks[$0] }
    return part
  }

  /// Removes the blocks of part `fold` of `folds` in time and all later ones, and returns the samples of the part.
  ///
  /// The last `folds` parts have n ÷ (folds + 1) samples each, with their limits moved to the nearest limit between blocks.
  ///
  /// - Throws: if a part would be empty.
  mutating func takeLater(fold: Int, of folds: Int) throws -> [Int] {
    let size = count / (folds + 1)
    let ends = blocks.reduce(into: [0]) { ends, block in ends.append((ends.last ?? 0) + block.count) }
    func limit(_ part: Int) -> Int {
      let wanted = count - (folds - part) * size
      // The last limit not above the wanted one, or the first one above it.
      let above = ends.firstIndex { $0 > wanted } ?? ends.count
      guard above > 0, above < ends.count else { return max(min(above, ends.count) - 1, 0) }
      return ends[above] - wanted < wanted - ends[above - 1] ? above : above - 1
    }
    let limits = (0...folds).map(limit)
    guard size > 0, limits[0] > 0, zip(limits, limits.dropFirst()).allSatisfy(<) else {
      throw GliaError(
        "\(folds.counted("fold")) leave a part without samples: \(count.counted("sample")) have \(counted)",
        at: "split.folds", expected: "more values than folds, because the samples of one value stay together",
        remedy: "use fewer folds, or a finer order")
    }
    let part = blocks[limits[fold]..<limits[fold + 1]].flatMap(\.self)
    blocks = Array(blocks[..<limits[fold]])
    return part
  }
}
