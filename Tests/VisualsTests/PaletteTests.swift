import Foundation
import GliaVisuals
import Testing

/// Colours as people with each kind of vision see them (G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, 2009, severity 1),
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

    /// The smallest distances that the first 6 colours and all 10 must keep.
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

  @Test(arguments: Vision.allCases) func categoriesStayApart(vision: Vision) {
    let palette = Theme.light.palette
    #expect(palette.count == 10)
    #expect(smallestDistance(palette.prefix(6), vision).rounded() >= vision.required.six)
    #expect(smallestDistance(palette[...], vision).rounded() >= vision.required.ten)
  }

  @Test func redAndGreenOfAPopularPaletteWouldFail() {
    let others = [0x1F77B4, 0xFF7F0E, 0x2CA02C, 0xD62728, 0x9467BD, 0x8C564B].map { Color(UInt32($0)) }
    #expect(smallestDistance(others[...], .deutan) < Vision.deutan.required.six)
  }

  @Test func theRampDarkensSteadily() {
    let lightness = Theme.light.ramp.map { lab($0, .normal)[0] }
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 > $1 + 5 })
  }
}
