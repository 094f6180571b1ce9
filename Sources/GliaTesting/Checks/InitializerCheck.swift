import GliaCore

/// Checks an initializer: values are finite, reproducible from a seed, different for other seeds and uncorrelated. The mean,
/// the variance and the bounds are within 5 standard errors of those of its ``DistributionClaim``, for several fans.
///
/// - Parameters:
///   - initializer: the initializer.
///   - registry: the registry for components among its settings.
public func checkInitializer(_ initializer: any Initializer, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(initializer)
  guard found.checkSettings(of: initializer, registry) else { return found.results }
  let (shape, fanIn, fanOut) = ([80, 125], 125, 80)
  let (first, random) = initializer.filled(shape, fanIn: fanIn, fanOut: fanOut, seed: 1)
  let again = initializer.filled(shape, fanIn: fanIn, fanOut: fanOut, seed: 1).values
  let other = initializer.filled(shape, fanIn: fanIn, fanOut: fanOut, seed: 2).values
  found.expect(
    "finite", first.firstNotFinite == nil,
    "value \(first.firstNotFinite ?? 0) of shape \(shape) is not finite, or was not written")
  for small in [[1, 1], [7], [1, 5], [5, 1]] {
    let values = initializer.filled(small, fanIn: small.last ?? 1, fanOut: small[0], seed: 3).values
    found.expect("finite", values.firstNotFinite == nil, "a tensor of shape \(small) has values that are not finite")
  }
  found.expect(
    "same seed, same bits", first.hasSameBits(as: again), "the same seed gives different numbers the second time")
  if random == Random(seed: 1) {
    found.expect(
      "draws from the generator", first.hasSameBits(as: other) && Set(first).count <= 3,
      "numbers vary although none were drawn from the given generator\nlikely cause: its own random generator")
  } else {
    found.expect("different seed, different numbers", !first.hasSameBits(as: other), "two seeds give the same numbers")
    first.checkIndependence(width: fanIn, &found)
  }
  found.checkEffects(of: initializer, registry) { $0.fingerprint }
  for (fanIn, fanOut) in [(fanIn, fanOut), (40, 250), (250, 40)] {
    let values = initializer.filled([fanOut, fanIn], fanIn: fanIn, fanOut: fanOut, seed: 4).values
    let point = "fan-in \(fanIn), fan-out \(fanOut)"
    let claim = initializer as? any DistributionClaim
    if let stated = claim?.distribution(fanIn: Double(fanIn), fanOut: Double(fanOut)) {
      stated.check(values, "its DistributionClaim states", at: point, &found)
    }
  }
  return found.results
}

extension [Double] {
  fileprivate var mean: Double { reduce(0, +) / Double(count) }

  fileprivate var variance: Double {
    let mean = mean
    return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
  }
}

extension [Float] {
  /// Checks that neighboring values, and those of neighboring units, are uncorrelated.
  fileprivate func checkIndependence(width: Int, _ found: inout Findings) {
    let (numbers, variance) = (doubles, doubles.variance)
    let mean = numbers.mean
    guard variance > 0 else { return }
    for (distance, which) in [(1, "neighbors"), (2, "every second value"), (width, "the same inputs of two units")] {
      let pairs = zip(numbers, numbers.dropFirst(distance))
      let sum = pairs.reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
      let count = Double(numbers.count - distance)
      found.compare(
        "independent numbers", [sum / count / variance], [0],
        within: Tolerance(absolute: 5 / count.squareRoot(), relative: 0), got: "their correlation is",
        wanted: "expected", cause: "a number that is used twice, or units with equal weights", at: { _ in which })
    }
  }
}

extension Distribution {
  fileprivate func check(_ values: [Float], _ wanted: String, at point: String, _ found: inout Findings) {
    let count = Double(values.count)
    let (average, spread) = (values.doubles.mean, values.doubles.variance)
    // The fourth moment of a normal distribution is an upper bound for the others.
    found.compare(
      "mean", [average], [mean], within: Tolerance(absolute: 5 * (variance / count).squareRoot(), relative: 1e-6),
      got: "the mean is", wanted: wanted, at: { _ in point })
    found.compare(
      "variance", [spread], [variance], within: Tolerance(absolute: 1e-12, relative: 5 * (2 / count).squareRoot()),
      got: "the variance is", wanted: wanted, cause: "fan-in and fan-out swapped, or a wrong factor",
      at: { _ in point })
    let slack = 1e-6 * (bounds.upperBound.magnitude + bounds.lowerBound.magnitude)
    if let outside = values.doubles.first(where: { $0 < bounds.lowerBound - slack || $0 > bounds.upperBound + slack }) {
      found.fail("bounds", "\(outside) is outside the range \(bounds.lowerBound.short) to \(bounds.upperBound.short)")
    } else {
      found.expect("bounds", true, "")
    }
  }
}
