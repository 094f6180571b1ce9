import Glia

extension ImportedPiece {
  /// The inputs of a softmax or a sigmoid whose outputs are the probabilities `p`; rounding may give 0 and 1.
  static func logit(_ p: Double, areOdds: Bool) -> Double {
    let logarithm = Double.log(max(p, Double(Float.leastNormalMagnitude)))
    return areOdds ? logarithm - .log(max(1 - p, Double(Float.ulpOfOne) / 4)) : logarithm
  }

  /// Returns the same function of `count` numbers as a piece for which there is a layer; throws if there is none.
  func asLayer(count: Int) throws -> ImportedPiece {
    switch self {
    case .expMinusOne:
      // eˣ - 1 loses digits near 0, unlike tanh (x / 2) (eˣ + 1), which is the same.
      return .branches(
        .multiply,
        [
          [.affine(0.5, 0, count: count), .activation(Tanh())],
          [.activation(Exponential()), .affine(1, 1, count: count)],
        ])
    case .logits(_, let place):
      throw GliaError(
        "Glia has logarithms of probabilities only before the last softmax or sigmoid of a calibrated model", at: place,
        expected: "activations (see glia components activation)",
        remedy: "export the model without this operation")
    default: return self
    }
  }
}

/// What divides the logarithms of probabilities by a temperature, and makes probabilities of them again.
struct ImportedCalibration {
  fileprivate let temperature: Double
  fileprivate let areOdds: Bool
  fileprivate let place: String

  /// Returns the temperature for the model of `network`, whose outputs are the probabilities.
  func temperature(of network: Network) throws -> Double {
    let activation = network.layers.last?.outputActivation
    guard areOdds ? activation is Sigmoid : activation is Softmax else {
      throw GliaError(
        "a temperature for numbers that are no probabilities", at: place,
        expected: "a \(areOdds ? "sigmoid" : "softmax") before, or a mean of several",
        remedy: "export the model without calibration")
    }
    return temperature
  }
}

extension [ImportedPiece] {
  /// Removes the calibration at the end; nil if there is none.
  mutating func removeCalibration() -> ImportedCalibration? {
    guard case .activation(let activation)? = last, activation is Softmax || activation is Sigmoid else { return nil }
    var (rest, temperature) = (dropLast(), 1.0)
    if case .affine(let factor, let offset)? = rest.last {
      guard let first = factor.first, factor.allSatisfy({ $0 == first }), offset.allSatisfy({ $0 == 0 }) else {
        return nil
      }
      temperature = 1 / first
      rest.removeLast()
    }
    guard case .logits(let areOdds, let place)? = rest.popLast(), areOdds == (activation is Sigmoid),
      0.001...1000 ~= temperature
    else { return nil }
    self = Array(rest)
    return ImportedCalibration(temperature: temperature, areOdds: areOdds, place: place)
  }
}
