import GliaCore

/// The circuit of Friedman's second and third problems: a resistor R, a coil L, and a capacitor C in series at frequency ω.
///
/// x = (R, ω, L, C), drawn uniformly: R from 0 to 100, ω from 40π to 560π, L from 0 to 1, C from 1 to 11.
struct FriedmanCircuit {
  /// The four features.
  let features: [Double]
  /// The real part of the impedance, R.
  var resistance: Double { features[0] }
  /// The imaginary part of the impedance, ωL - 1/(ωC).
  var reactance: Double { features[1] * features[2] - 1 / (features[1] * features[3]) }

  /// Creates a random circuit.
  init(random: inout Random) {
    features = [
      100 * random.uniform(), .pi * (40 + 520 * random.uniform()), random.uniform(), 1 + 10 * random.uniform(),
    ]
  }
}
