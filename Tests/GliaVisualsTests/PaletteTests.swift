import Foundation
import Testing

@testable import GliaVisuals

/// Colors as seen with each kind of color vision (G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, 2009, severity 1),
/// compared in CIELAB by ΔE 1976.
@Suite struct PaletteTests {
  enum Vision: CaseIterable, Sendable {
    case normal, protan, deutan, tritan

    var matrix: [[Double]] {
      switch self {
      case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
      case .protan:
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
      case .deutan:
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
      case .tritan:
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
      }
    }

    /// The minimum distances of the first 6 colors and of all 10.
    var required: (six: Double, ten: Double) {
      switch self {
      case .normal: (26, 19)
      case .protan: (21, 12)
      case .deutan: (18, 8)
      case .tritan: (16, 8)
      }
    }
  }

  private func lab(_ color: Color, _ vision: Vision) -> [Double] {
    let linear = [color.red, color.green, color.blue].map { byte in
      let v = Double(byte) / 255
      return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4)
    }
    func times(_ m: [[Double]], _ v: [Double]) -> [Double] { m.map { zip($0, v).reduce(0) { $0 + $1.0 * $1.1 } } }
    let seen = times(vision.matrix, linear).map { min(max($0, 0), 1) }
    let xyz = times(
      [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]], seen)
    let f = zip(xyz, [0.95047, 1, 1.08883]).map { value, white in
      let t = value / white
      return t > 0.008856 ? cbrt(t) : 7.787 * t + 16 / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  private func smallestDistance(_ colors: ArraySlice<Color>, _ vision: Vision) -> Double {
    let places = colors.map { lab($0, vision) }
    return places.indices.flatMap { i in
      places[..<i].map { other in zip(places[i], other).reduce(0) { $0 + pow($1.0 - $1.1, 2) }.squareRoot() }
    }.min() ?? 0
  }

  @Test(arguments: Vision.allCases, [Theme.light, .dark]) func categoriesStayApart(vision: Vision, theme: Theme) {
    let palette = theme.palette
    #expect(palette.count == 10)
    #expect(smallestDistance(palette.prefix(6), vision).rounded() >= vision.required.six)
    #expect(smallestDistance(palette[...], vision).rounded() >= vision.required.ten)
  }

  @Test func redAndGreenOfAPopularPaletteWouldFail() {
    let others = [0x1F77B4, 0xFF7F0E, 0x2CA02C, 0xD62728, 0x9467BD, 0x8C564B].map { Color(UInt32($0)) }
    #expect(smallestDistance(others[...], .deutan) < Vision.deutan.required.six)
  }

  @Test func graysDifferInBrightness() {
    let lightness = Theme.print.palette.map { lab($0, .normal) }
    #expect(lightness.allSatisfy { abs($0[1]) < 0.1 && abs($0[2]) < 0.1 })
    let sorted = lightness.map { $0[0] }.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 > 13 })
  }

  /// Every category has a unique combination of marker and line.
  @Test(arguments: [Theme.light, .dark, .print]) func categoriesHaveASecondCue(theme: Theme) {
    let marks = (0..<24).map { [theme.hue($0)] as [AnyHashable] + [Marker.of($0, hues: theme.palette.count)] }
    #expect(Set(marks).count == 24)
    let lines = (0..<30).map { [theme.hue($0)] as [AnyHashable] + [theme.stroke($0)] }
    #expect(Set(lines).count == 30)
    for index in 0..<9 {
      #expect(Marker.of(index, hues: theme.palette.count) != Marker.of(index + 1, hues: theme.palette.count))
      #expect(theme.stroke(index) != theme.stroke(index + 1))
    }
    #expect(theme.stroke(0).dashes.isEmpty)
  }

  @Test(arguments: [Theme.light, .dark, .print]) func wordsAndLinesStandOut(theme: Theme) {
    #expect(theme.text.contrast(with: theme.page) >= 12)
    #expect(theme.secondary.contrast(with: theme.page) >= 4.5)
    #expect(theme.spine.contrast(with: theme.page) >= 3)
    #expect(theme.alarm.contrast(with: theme.page) >= 4.5)
    // Grid lines have low contrast.
    #expect((1.1...1.5).contains(theme.gridLine.contrast(with: theme.page)))
  }

  @Test func onDarkPagesAllHuesStandOut() {
    #expect(Theme.dark.palette.allSatisfy { $0.contrast(with: Theme.dark.page) >= 4.5 })
  }

  @Test(arguments: [Theme.light, .dark, .print]) func pointsStandOutFromTheirRegions(theme: Theme) {
    for index in theme.palette.indices.prefix(6) {
      let region = theme.region(index, 1)
      let (point, under) = (lab(theme.hue(index), .normal), lab(region, .normal))
      let distance = zip(point, under).reduce(0) { $0 + pow($1.0 - $1.1, 2) }.squareRoot()
      // The palest gray relies on its dark edge.
      #expect(distance >= (theme == .print ? 10 : 18), "\(index): \(distance)")
    }
  }

  @Test(arguments: [Theme.light, .dark, .print]) func theRampGoesOneWay(theme: Theme) {
    let lightness = theme.ramp.map { lab($0, .normal)[0] }
    let steps = zip(lightness, lightness.dropFirst()).map { theme == .dark ? $1 - $0 : $0 - $1 }
    #expect(steps.allSatisfy { $0 > 5 })
  }

  @Test func indicesOfAnyKindHaveAHue() {
    for index in [Int.min, -1, 0, .max] {
      _ = Theme.light.hue(index)
      _ = Theme.light.stroke(index, width: .nan)
    }
    var empty = Theme()
    (empty.palette, empty.dashes, empty.ramp) = ([], [], [])
    #expect(empty.hue(3) == empty.text && empty.stroke(3) == Stroke(2))
  }

  @Test func contrastIsThatOfTheStandard() {
    #expect(abs(Color(0x000000).contrast(with: Color(0xFFFFFF)) - 21) < 1e-9)
    // Pairs published with the formula of the standard.
    #expect(abs(Color(0x777777).contrast(with: Color(0xFFFFFF)) - 4.48) < 0.005)
    #expect(abs(Color(0x0072B2).contrast(with: Color(0xFFFFFF)) - 5.19) < 0.01)
  }
}
