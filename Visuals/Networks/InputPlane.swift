import GliaCore

/// A plane through the input space of a network, on which a classifier of many features is drawn.
///
/// On the plane, x = origin + u · first + v · second, in the units that the figure shows.
struct InputPlane: Sendable {
  let origin: [Float]
  let first: [Float]
  let second: [Float]
  /// The names of u and v.
  let names: (String, String)

  /// Returns the inputs at `points` (u and v interleaved), one sample per row.
  func inputs(at points: [Float]) -> [Float] {
    let width = origin.count
    return [Float](unsafeUninitializedCapacity: points.count / 2 * width) { inputs, count in
      for i in stride(from: 0, to: points.count, by: 2) {
        let (u, v) = (points[i], points[i + 1])
        for k in 0..<width { inputs[i / 2 * width + k] = origin[k] + u * first[k] + v * second[k] }
      }
      count = points.count / 2 * width
    }
  }

  /// Returns the projections (u and v interleaved) of the samples `inputs` onto the plane.
  func places(of inputs: [Float]) -> [Float] {
    let width = origin.count
    return stride(from: 0, to: inputs.count, by: width).flatMap { row in
      var (u, v): (Float, Float) = (0, 0)
      for k in 0..<width {
        let offset = inputs[row + k] - origin[k]
        u += offset * first[k]
        v += offset * second[k]
      }
      return [u, v]
    }
  }
}

extension InputPlane {
  /// Creates `plane` for the samples `data` of a network.
  init(_ plane: DecisionBoundary.Plane, of data: Dataset, in space: InputSpace) throws {
    switch plane {
    case .features(let i, let j, let others): try self.init(data, features: i, j, fixing: others)
    case .principalComponents:
      guard try !space.preprocessing.hasIndices(space.names) else {
        throw GliaError(
          "principal components of categories that are embedded", at: data.name, expected: "numbers",
          remedy: "choose two features: --features A,B, or .features(0, 1) in Swift")
      }
      try self.init(principalComponentsOf: space.seen(data.inputs), at: data.name)
    }
  }

  /// Creates the plane of two features of `data`, with the others fixed at the given values or at their means.
  init(_ data: Dataset, features i: Int, _ j: Int, fixing others: [Float]?) throws {
    let width = data.inputs.width
    guard i != j, (0..<width).contains(i), (0..<width).contains(j) else {
      throw GliaError(
        "a plane of the features \(i) and \(j)", at: data.name,
        expected: "two different features, from 0 to \(width - 1)")
    }
    if let others, others.count != width || !others.allSatisfy(\.isFinite) {
      throw GliaError(
        "\(others.count) numbers fix the features of a plane", at: data.name,
        expected: "\(width) finite numbers, one a feature; those of the plane itself do not count")
    }
    origin = (others ?? Standardization(fitting: data.inputs).mean.map { Float($0) }).enumerated().map { k, value in
      k == i || k == j ? 0 : value
    }
    first = (0..<width).map { $0 == i ? 1 : 0 }
    second = (0..<width).map { $0 == j ? 1 : 0 }
    names = (data.inputNames[i].withSubscript, data.inputNames[j].withSubscript)
  }

  /// Creates the plane of the first two principal components of `inputs`, ignoring samples that are not finite.
  init(principalComponentsOf inputs: Tensor, at name: String) throws {
    let width = inputs.width
    let rows = (0..<inputs.rows).map { inputs.values[$0 * width..<($0 + 1) * width] }
    let finite = rows.filter { $0.allSatisfy(\.isFinite) }
    guard !finite.isEmpty else {
      throw GliaError("no sample is finite", at: name, expected: "at least one with numbers for all features")
    }
    // Several thousand samples are enough to find the directions, or several hundred if there are very many features.
    let work = 1e9
    let most = Int(min(5_000, max(work / Double(width) / Double(width), (work / Double(width)).squareRoot(), 3)))
    let step = max(finite.count / most, 1)
    let some = stride(from: 0, to: finite.count, by: step).flatMap { finite[$0] }
    let components = PrincipalComponents(of: some, width: width, count: 2)
    origin = components.mean
    (first, second) = (components.directions[0], components.directions[1])
    names = (components.name(0), components.name(1))
  }

  /// Returns a description of the fixed features.
  func fixed(_ names: [String], but i: Int, _ j: Int) -> String {
    let others = origin.indices.filter { $0 != i && $0 != j }
    // The value that a category is fixed at says all about its features.
    let chosen = others.filter { origin[$0] == 1 }.compactMap { names[$0].category }
    let told = others.filter { index in
      names[index].category.map { origin[index] == 1 || !chosen.contains($0) } ?? true
    }
    guard told.count <= 4 else { return "\(others.count) other features fixed" }
    return told.map { index in
      let isChosen = origin[index] == 1 && names[index].category != nil
      return isChosen
        ? names[index].replacing("=", with: " = ", maxReplacements: 1)
        : "\(names[index].withSubscript) = \(NumberText.short(Double(origin[index])))"
    }.joined(separator: " · ")
  }
}

extension String {
  /// The category of a feature such as `city=Rome`; nil for other features.
  fileprivate var category: Substring? { firstIndex(of: "=").map { self[..<$0] } }
}
