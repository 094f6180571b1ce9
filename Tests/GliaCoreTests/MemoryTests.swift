import Testing

@testable import GliaCore

@Suite("Memory is checked before allocation")
struct MemoryTests {
  @Test(
    "sizes whose product overflows",
    arguments: [
      [1 << 40], [200_000, 200_000], [1 << 32, 1 << 32], [Int.max, 2], [Int.max, Int.max], [3, Int.max / 2], [-1, 4],
      [300_000, 300_000], [5_000_000, 20_000],
    ])
  func tooLarge(_ shape: [Int]) throws {
    let error = #expect(throws: GliaError.self) { try Memory.require(shape, for: "a thing", at: "here") }
    #expect(error?.what.contains("more memory than is available") == true)
    #expect(error?.place == "here")
  }

  @Test("existing sizes are counted", arguments: [([0], 0), ([], 1), ([3, 4], 12), ([1000, 1000], 1_000_000)])
  func enough(_ shape: [Int], count: Int) throws {
    #expect(try Memory.require(shape, for: "a thing") == count)
  }

  @Test("the limit is a share of total memory")
  func share() throws {
    let numbers = Memory.available / 8
    #expect(throws: GliaError.self) { try Memory.require([numbers], for: "a thing", share: 0.4) }
    #expect(throws: Never.self) { try Memory.require([numbers / 100], for: "a thing", share: 0.4) }
  }

  @Test(
    "sizes are shown in readable units",
    arguments: [
      (1500.0, "1.5 kB"), (160e9, "160 GB"), (2.04e9, "2 GB"), (999.4e6, "999 MB"), (999.6e6, "1 GB"),
      (3.6e11, "360 GB"),
      (1.24e13, "12 TB"), (1e30, "more than 999 EB"), (.infinity, "more than 999 EB"),
    ])
  func text(_ bytes: Double, _ expected: String) { #expect(Memory.text(bytes) == expected) }
}
