import GliaCore

/// A function sampled at evenly spaced nodes over a rectangle of the plane, row by row from the lowest y.
struct SampledField: Sendable {
  let columns: Int
  let rows: Int
  let x: Scale
  let y: Scale
  /// The number of values per node.
  let channels: Int
  let values: [Float]

  /// Evaluates `function` at all nodes, several thousand points at a time.
  ///
  /// If a point is expensive to compute, there are fewer nodes, which limits the time for a picture.
  ///
  /// Rethrows errors of `function`. Throws an error when the number of values isn't the same for every point.
  init(
    columns: Int, rows: Int, x: Scale, y: Scale, numbersPerPoint: Int = 2, _ function: ([Float]) throws -> [Float]
  ) throws {
    let most = max(Int((5e8 / Double(max(numbersPerPoint, 1))).squareRoot()), 8)
    let (columns, rows) = (min(columns, most), min(rows, most))
    self.columns = columns
    self.rows = rows
    self.x = x
    self.y = y
    let rowsAtOnce = max(1, min(16_384, (1 << 24) / max(numbersPerPoint, 1)) / columns)
    var values: [Float] = []
    var channels: Int?
    for first in stride(from: 0, to: rows, by: rowsAtOnce) {
      let last = min(first + rowsAtOnce, rows)
      var points: [Float] = []
      points.reserveCapacity(2 * columns * (last - first))
      for row in first..<last {
        let height = Float(y.value(at: Double(row) / Double(rows - 1)))
        for column in 0..<columns {
          points.append(Float(x.value(at: Double(column) / Double(columns - 1))))
          points.append(height)
        }
      }
      let scores = try Self.scores(function, at: points, channels: channels)
      channels = scores.count / (points.count / 2)
      values += scores
    }
    self.values = values
    self.channels = channels ?? 1
  }

  /// Returns the field of the values that `transform` appends for each node; their number must be constant.
  func mapped(_ transform: (ArraySlice<Float>, inout [Float]) -> Void) -> SampledField {
    let count = columns * rows
    var mapped: [Float] = []
    mapped.reserveCapacity(values.count)
    for node in 0..<count { transform(values[node * channels..<(node + 1) * channels], &mapped) }
    return SampledField(columns: columns, rows: rows, x: x, y: y, channels: mapped.count / count, values: mapped)
  }

  /// Returns the same nodes with other values, one per node.
  func with(_ values: [Float]) -> SampledField {
    SampledField(columns: columns, rows: rows, x: x, y: y, channels: 1, values: values)
  }

  private init(columns: Int, rows: Int, x: Scale, y: Scale, channels: Int, values: [Float]) {
    self.columns = columns
    self.rows = rows
    self.x = x
    self.y = y
    self.channels = channels
    self.values = values
  }

  /// Evaluates `function` and checks that it returns the same number of values for every point.
  static func scores(
    _ function: ([Float]) throws -> [Float], at points: [Float], channels: Int? = nil
  ) throws -> [Float] {
    let count = points.count / 2
    guard count > 0 else { return [] }
    let scores = try function(points)
    guard !scores.isEmpty, scores.count % count == 0, channels == nil || scores.count == count * (channels ?? 1) else {
      throw GliaError(
        "the function gave \(scores.count) scores for \(count) points", at: "scores",
        expected: "the same number of scores for every point, row by row")
    }
    return scores
  }

  /// Interpolates the values of all columns at the height `v` from 0 to 1.
  func row(at v: Double, into row: inout [Float]) {
    let place = v * Double(rows - 1)
    let lower = min(Int(place), rows - 2)
    let up = Float(place - Double(lower))
    let width = columns * channels
    row.withUnsafeMutableBufferPointer { row in
      values.withUnsafeBufferPointer { values in
        let (low, high) = (lower * width, (lower + 1) * width)
        for i in 0..<min(width, row.count) { row[i] = values[low + i] + (values[high + i] - values[low + i]) * up }
      }
    }
  }

  /// Returns the columns to the left of the positions `us` from 0 to 1, with the fraction of each position between
  /// columns.
  func columns(at us: [Double]) -> [(column: Int, right: Float)] {
    us.map { u in
      let place = u * Double(columns - 1)
      let column = min(Int(place), columns - 2)
      return (column, Float(place - Double(column)))
    }
  }

  /// Interpolates the value at a position from 0 to 1 on both axes, for a field with one value per node.
  func sample(_ u: Double, _ v: Double) -> Float {
    let (a, b) = (u * Double(columns - 1), v * Double(rows - 1))
    let (i, j) = (min(Int(a), columns - 2), min(Int(b), rows - 2))
    let (right, up) = (Float(a - Double(i)), Float(b - Double(j)))
    let node = j * columns + i
    let low = values[node] + (values[node + 1] - values[node]) * right
    let high = values[node + columns] + (values[node + columns + 1] - values[node + columns]) * right
    return low + (high - low) * up
  }

  /// Returns the coordinates of a node, whose indices can be fractional.
  func coordinates(_ column: Double, _ row: Double) -> Point {
    Point(x.value(at: column / Double(columns - 1)), y.value(at: row / Double(rows - 1)))
  }

  /// The number of nodes with a value that is not finite.
  var nonFiniteCount: Int {
    (0..<columns * rows).count { node in
      values[node * channels..<(node + 1) * channels].contains { !$0.isFinite }
    }
  }
}

extension Canvas {
  /// Fills `area` with a field of one value per node, colored by the position of each value among `shades`, from 0 to
  /// 1.
  mutating func paint(
    _ field: SampledField, over area: Rect, shades: [UInt32], unknown: UInt32, place: (Float) -> Double
  ) {
    var values = [Float](repeating: 0, count: field.columns)
    var columns: [(column: Int, right: Float)] = []
    paintRows(area) { v, us, row in
      if columns.isEmpty { columns = field.columns(at: us) }
      field.row(at: 1 - v, into: &values)
      for (i, (column, right)) in columns.enumerated() {
        let t = place(values[column] + (values[column + 1] - values[column]) * right)
        row[i] = t.isFinite ? shades[Int(min(max(t, 0), 1) * Double(shades.count - 1) + 0.5)] : unknown
      }
    }
  }
}
