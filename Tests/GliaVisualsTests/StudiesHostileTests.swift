import GliaCore
import Testing

@testable import GliaVisuals

/// Extreme pages and themes, with which every figure of a study must be drawn, or refused, without a crash.
@Suite struct StudiesHostileTests {
  private static let numbers = [Double.nan, .infinity, -.infinity, 0, -7, 1e-300, 1e9, 1e300]

  private var flexible: [any Figure] {
    var curves = CurveBands([
      .init("a", x: [1, 2, 3], median: [3, .nan, 1], low: [2, 1, 0], high: [4, 5, 6]), .init("b", x: [1], median: [2]),
    ])
    curves.references = [ReferenceLine("x", at: 2, .vertical), ReferenceLine("y", at: 2, .horizontal)]
    var rates = RateCurve(rates: [0.1, 1, 10], losses: [3, 1, 2])
    rates.suggestion = 0.5
    return [
      curves, rates, BestSoFar([.init(3), .init(.nan), .init(2, .pruned), .init(1)]),
      SettingImportance([.init("a", 0.5), .init("b", 0.1)], method: "m"),
      CriticalDifferenceDiagram(
        [.init("a", rank: 1.5), .init("b", rank: 1.7), .init("c", rank: 3)], criticalDifference: 1),
      RankHeatMap(problems: ["p", "q"], methods: ["a", "b"], values: [[1, 2], [.nan, 3]]),
    ]
  }

  /// Figures with several plots, which are refused on pages too small for them.
  private var strict: [any Figure] {
    let (settings, objective) = (SettingFiguresTests.settings, SettingFiguresTests.objective)
    return [ParallelCoordinates(settings, objective: objective), SettingSlices(settings, objective: objective)]
  }

  @Test(arguments: numbers) func anyScale(number: Double) throws {
    for var figure in flexible {
      (figure.page.width, figure.page.height, figure.page.scale) = (60, 40, number)
      #expect(try figure.png().width == 60)
    }
    for var figure in strict {
      (figure.page.width, figure.page.height, figure.page.scale) = (60, 40, number)
      _ = try? figure.png()
    }
  }

  @Test(arguments: numbers) func anySizesOfText(number: Double) throws {
    for var figure in flexible + strict {
      (figure.page.width, figure.page.height, figure.page.scale) = (90, 60, 0.3)
      figure.page.theme.titleSize = number
      (figure.page.theme.labelSize, figure.page.theme.tickSize) = (number, number)
      _ = try? figure.png()
    }
  }

  @Test func anyColors() throws {
    for var figure in flexible + strict {
      figure.page.theme.palette = []
      (figure.page.theme.ramp, figure.page.theme.dashes) = ([], [])
      #expect(try figure.shrunk(900, 600, scale: 1).png().width == 900)
    }
  }

  @Test func aGridOfAll() throws {
    let grid = FigureGrid(columns: 4, flexible + strict).shrunk(1200, 800, scale: 0.8)
    #expect(try grid.png().encode() == grid.png().encode())
  }
}
