import GliaCore

/// x - mean of each feature, with a given fault.
struct PlantedPreprocessor: Preprocessor {
  /// The means, and a number that is not saved.
  struct Means: Codable, Sendable {
    var means: [Double] = []
    var hidden = 0.0
    private enum CodingKeys: CodingKey { case means }
  }

  static let name = "planted_preprocessor"
  var fault = ""
  var columns: [String] = []
  var factor = 1.0
  init() {}
  init(_ fault: String) { self.fault = fault }

  func isSuited(_ feature: Feature) -> Bool { true }

  func fit(_ features: [Feature]) -> Means {
    Means(means: features.map(\.mean), hidden: fault == "not saved" ? 3 : 0)
  }

  func apply(_ learned: Means, to features: [Feature]) throws -> [Feature] {
    if fault == "throws" { throw GliaError("no") }
    if fault == "nothing" { return [] }
    return zip(features, learned.means).map { feature, mean in
      let center = fault == "fits again" ? feature.mean : mean
      var changed = feature.map { (fault == "setting" ? 1 : factor) * ($0 - center) + learned.hidden }
      if fault == "infinite" { changed = feature.map { 1 / ($0 - $0) } }
      if fault == "names" { changed.name += feature.known.isEmpty ? "" : "\(feature.known.count)" }
      if fault == "first row" { changed.values = changed.values.map { _ in changed.values[0] } }
      return changed
    }
  }
}
