import GliaCore

/// The squares of a checkerboard: class 0 for white squares, class 1 for black ones.
///
/// The square [-1, 1]² has `cells` cells per side; cell (row, column) belongs to class (row + column) mod 2. Points are
/// drawn uniformly within each cell, then noise is added to both coordinates. Samples are ordered by cell, row by row; the
/// first cells receive the remainder.
///
/// Source: Ho and Kleinberg, "Building projectable classifiers of arbitrary complexity" (1996), with 4 × 4 cells.
public struct Checkerboard: GeneratedData {
  public static let name = "checkerboard"
  public static let aliases = ["chessboard"]
  public static let summary = "the black and white squares of a checkerboard"
  /// The total number of points in both classes.
  public var samples = 1000
  /// The number of cells per side.
  public var cells = 4
  /// The standard deviation of the noise on both coordinates.
  public var noise = 0.0
  /// The seed of the points and the noise.
  public var seed: UInt64 = 0

  /// Creates 1000 points on 4 × 4 cells.
  public init() {}
  /// Creates a checkerboard with the given number of points.
  public init(samples: Int, cells: Int = 4, noise: Double = 0, seed: UInt64 = 0) {
    (self.samples, self.cells, self.noise, self.seed) = (samples, cells, noise, seed)
  }

  public func validate() throws {
    try requireSamplesAndNoise()
    try require(2...1000 ~= cells, "cells", cells, expected: "a whole number from 2 to 1000")
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let (row, column) = share(of: index, among: cells * cells).group.quotientAndRemainder(dividingBy: cells)
    func coordinate(_ cell: Int) -> Double {
      2 * (Double(cell) + random.uniform()) / Double(cells) - 1 + deviation(&random)
    }
    return GeneratedSample([coordinate(column), coordinate(row)], Double((row + column) % 2))
  }
}

extension DataSource where Self == Checkerboard {
  /// The squares of a checkerboard.
  public static func checkerboard(
    samples: Int = 1000, cells: Int = 4, noise: Double = 0, seed: UInt64 = 0
  ) -> Checkerboard {
    Checkerboard(samples: samples, cells: cells, noise: noise, seed: seed)
  }
}
