extension SafeTensors {
  /// Returns the tensors whose names begin with `prefix`.
  public func tensors(prefix: String) -> [(name: String, tensor: Tensor)] {
    tensors.filter { $0.key.hasPrefix(prefix) }.map { ($0.key, $0.value) }
  }

  /// Writes means and deviations as `prefix.mean` and `prefix.scale`. Their rounding errors in single precision are stored as
  /// `prefix.mean_low` and so on, unless they are 0: a timestamp needs all its digits.
  mutating func write(_ standardization: Standardization, as prefix: String) {
    let parts = [
      ("mean", standardization.mean), ("scale", standardization.scale), ("fill", standardization.fill ?? []),
    ]
    for (name, numbers) in parts where !numbers.isEmpty {
      tensors["\(prefix).\(name)"] = Tensor(unchecked: [numbers.count], numbers.map { Float($0) })
      let low = numbers.map(\.low)
      if low.contains(where: { $0 != 0 }) { tensors["\(prefix).\(name)_low"] = Tensor(unchecked: [low.count], low) }
    }
  }

  /// Returns the standardization of `width` numbers written by ``write(_:as:)``; nil if there is none.
  func standardization(_ prefix: String, width: Int) throws -> Standardization? {
    func numbers(_ name: String) throws -> [Double]? {
      guard let high = tensors["\(prefix).\(name)"] else { return nil }
      let low = tensors["\(prefix).\(name)_low"] ?? Tensor(unchecked: high.shape, high.values.map { _ in 0 })
      let sums = zip(high.values, low.values).map { Double($0) + Double($1) }
      guard high.values.count == width, low.values.count == width, sums.allSatisfy(\.isFinite) else {
        throw GliaError(
          "a standardization with shape \(high.shape)", at: "\(prefix).\(name)", expected: "[\(width)], finite numbers")
      }
      return sums
    }
    guard let mean = try numbers("mean"), let scale = try numbers("scale") else { return nil }
    guard scale.allSatisfy({ $0 > 0 }) else {
      throw GliaError("a scale of 0 or less", at: "\(prefix).scale", expected: "deviations above 0")
    }
    return try Standardization(mean: mean, scale: scale, fill: try numbers("fill"))
  }
}
