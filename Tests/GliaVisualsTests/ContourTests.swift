import Testing

@testable import GliaVisuals

@Suite struct ContourTests {
  private let axis = Scale(from: -2, to: 2)

  private func field(_ nodes: Int, _ function: (Double, Double) -> Float) throws -> SampledField {
    try SampledField(columns: nodes, rows: nodes, x: axis, y: axis) { points in
      stride(from: 0, to: points.count, by: 2).map { function(Double(points[$0]), Double(points[$0 + 1])) }
    }
  }

  @Test func aCircleIsOneRing() throws {
    let lines = try Contour.lines(of: field(81) { x, y in Float(x * x + y * y) }, at: 1)
    #expect(lines.count == 1)
    #expect(lines[0].first == lines[0].last)
    // Linear interpolation in cells of 0.05 is off by at most 0.05² / 8 × curvature.
    #expect(lines[0].allSatisfy { abs($0.length - 1) < 7e-4 })
  }

  @Test func aJumpIsFoundBetweenTheNodes() throws {
    let jump: (Double, Double) -> Float = { x, y in x * x + y * y < 1 ? 0 : 1 }
    let rough = try Contour.lines(of: field(41, jump), at: 0.5)
    let fine = try Contour.lines(of: field(41, jump), at: 0.5) { points in
      stride(from: 0, to: points.count, by: 2).map { jump(Double(points[$0]), Double(points[$0 + 1])) }
    }
    func worst(_ lines: [[Point]]) -> Double { lines.joined().map { abs($0.length - 1) }.max() ?? 1 }
    #expect(worst(rough) > 0.03)
    // Cells of 0.1 are halved five times, and the result is the middle.
    #expect(worst(fine) <= 0.1 / 64 + 1e-6)
  }

  @Test func linesEndAtTheEdge() throws {
    let lines = try Contour.lines(of: field(21) { x, _ in Float(x) }, at: 0.25)
    #expect(lines.count == 1)
    #expect(lines[0].count == 21)
    #expect(lines[0].allSatisfy { abs($0.x - 0.25) < 1e-6 })
    #expect([lines[0].first?.y, lines[0].last?.y].compactMap(\.self).sorted() == [-2, 2])
  }

  @Test func saddlesDoNotCross() throws {
    let lines = try Contour.lines(of: field(20) { x, y in Float(x * y) }, at: 0)
    #expect(lines.count == 2)
    #expect(lines.joined().allSatisfy { abs($0.x * $0.y) < 1e-6 })
  }

  @Test func constantsAndHolesHaveNoLine() throws {
    #expect(try Contour.lines(of: field(9) { _, _ in 1 }, at: 0.5).isEmpty)
    #expect(try Contour.lines(of: field(9) { _, _ in .nan }, at: 0.5).isEmpty)
  }
}
