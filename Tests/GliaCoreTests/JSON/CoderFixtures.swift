import GliaCore

struct Settings: Codable, Equatable {
  enum Unit: String, Codable, CaseIterable { case step, epoch }

  var negativeSlope: Float = 0.01
  var useGPU = false
  var beta1 = 0.9
  var units = 4
  var limit: Int?
  var label: String? = "x"
  var classWeights: [String: Float] = [:]
  var per = Unit.step
  var shape: [Int] = []
}

/// A recursive container, as networks are.
struct Tree: Codable, Equatable {
  var layers: [Tree] = []
}

/// A component that keeps its raw JSON and path, as a wrapper around a component does.
struct Raw: Codable, Equatable {
  var json: JSON
  var path: String
  var note: String?

  init(from decoder: any Decoder) throws {
    json = try decoder.singleValueContainer().decode(JSON.self)
    path = decoder.dottedPath
    note = decoder.userInfo.values.first as? String
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(json)
  }
}

struct Checked: Codable {
  var rate: Double

  init(from decoder: any Decoder) throws {
    rate = try decoder.container(keyedBy: CodingKeys.self).decode(Double.self, forKey: .rate)
    if rate <= 0 { throw GliaError("the rate must be positive") }
  }
}
