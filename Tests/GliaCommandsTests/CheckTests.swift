import Testing

extension ToolTests {
  @Suite struct CheckTests {
    let place = try? Workplace()

    /// max(z, 0) at three points, with a given slope.
    func reference(slope: Double) -> String {
      """
      [{"kind": "activation", "component": {"type": "relu"}, "x": [-1, 2, 3], "y": [0, 2, 3], "dydx": [0, \(slope), 1]}]
      """
    }

    @Test func rightReferenceCasesPass() throws {
      let place = try #require(place)
      try place.write(reference(slope: 1), to: "cases.json")
      let run = try place.glia("check", "--reference", "cases.json")
      #expect(run.status == 0 && run.output.contains("relu") && run.errors.isEmpty, "\(run)")
    }

    @Test func aWrongSlopeFails() throws {
      let place = try #require(place)
      try place.write(reference(slope: 1.01), to: "cases.json")
      let run = try place.glia("check", "--reference", "cases.json")
      #expect(run.status == 1 && run.output.contains("✗"), "\(run)")
    }

    @Test func componentsAreCheckedByName() throws {
      let run = try #require(place).glia("check", "tanh", "l2")
      #expect(run.status == 0 && run.output.contains("tanh") && run.output.contains("l2"), "\(run)")
    }

    @Test func badUsesAreRefused() throws {
      let place = try #require(place)
      try place.write("{}", to: "cases.json")
      #expect(try place.glia("check", "thanh").status == 64)
      #expect(try place.glia("check", "--reference", "cases.json").status == 65)
      #expect(try place.glia("check", "--reference", "missing.json").status == 66)
      #expect(try place.glia("check", "tanh", "--reference", "cases.json").status == 64)
    }
  }
}
