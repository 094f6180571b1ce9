import Glia
import Testing

/// Pictures of digits.
struct DigitsTests {
  @Test func picturesHave64NamedPixels() throws {
    let data = try Digits(samples: 103).load()
    #expect(data.inputs.shape == [103, 64] && data.inputs.values.allSatisfy { 0...1 ~= $0 })
    #expect(data.inputNames.prefix(9).suffix(2) == ["pixel_0_7", "pixel_1_0"] && data.inputNames.last == "pixel_7_7")
    for digit in 0..<10 { #expect(data.targets[0].labels.count { $0 == "\(digit)" } == (digit < 3 ? 11 : 10)) }
  }

  /// The center of a zero is empty and that of an eight is not; a one is thin.
  @Test func digitsHaveTheirShapes() throws {
    let data = try Digits(samples: 4000, noise: 0, seed: 1).load()
    var means = [[Float]](repeating: [Float](repeating: 0, count: 64), count: 10)
    for (index, value) in data.inputs.values.enumerated() { means[index / 64 / 400][index % 64] += value / 400 }
    func center(_ digit: Int) -> Float { means[digit][27] + means[digit][28] + means[digit][35] + means[digit][36] }
    #expect(center(0) < 1 && center(8) > 2)
    let (one, eight) = (means[1].reduce(0, +), means[8].reduce(0, +))
    #expect(one < 0.7 * eight)
    // The top of a seven is wide, and its bottom is not; a two has a wide bottom.
    func row(_ digit: Int, _ row: Int) -> Float { means[digit].dropFirst(8 * row).prefix(8).reduce(0, +) }
    let bottom = 1.3 * row(7, 6)
    #expect(row(7, 1) > bottom && row(2, 6) > bottom)
  }

  /// The nearest neighbor recognizes most pictures.
  @Test func neighborsAreOfTheSameDigit() throws {
    let (known, new) = (try Digits(samples: 600).load(), try Digits(samples: 100, seed: 1).load())
    let (labels, truths) = (known.targets[0].labels, new.targets[0].labels)
    let pictures = (0..<known.count).map { Array(known.inputs[row: $0]) }
    let right = truths.indices.count { index in
      let picture = Array(new.inputs[row: index])
      let distances = pictures.map { Self.distance($0, picture) }
      let nearest = distances.indices.min { distances[$0] < distances[$1] }
      return nearest.map { labels[$0] == truths[index] } ?? false
    }
    #expect(right >= 80, "\(right)")
  }

  @Test func noiseIsLimitedToTheRangeOfGray() throws {
    let (exact, noisy) = (try Digits(samples: 200, noise: 0).load(), try Digits(samples: 200, noise: 5).load())
    #expect(noisy.inputs.values.allSatisfy { 0...1 ~= $0 } && noisy.inputs != exact.inputs)
  }

  private static func distance(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { sum, pair in sum + (pair.0 - pair.1) * (pair.0 - pair.1) }
  }
}
