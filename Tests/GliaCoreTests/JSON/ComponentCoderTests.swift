import GliaCore
import Testing

@Suite struct ComponentCoderTests {
  private func error<T: Decodable>(_ type: T.Type, _ text: String, at path: String = "network.layers.0") -> GliaError? {
    #expect(throws: GliaError.self) { try ComponentDecoder().decode(type, from: JSON(parsing: text), at: path) }
  }

  private let defaults = """
    {"negative_slope":0.01,"use_gpu":false,"beta1":0.9,"units":4,"limit":null,"label":"x","class_weights":{},\
    "per":"step","shape":[]}
    """

  @Test func writesEverySettingInSnakeCase() throws {
    let compact = try ComponentEncoder().encode(Settings()).compact
    #expect(compact == defaults)
  }

  @Test func readsBackWhatItWrote() throws {
    var settings = Settings()
    (settings.negativeSlope, settings.useGPU, settings.limit, settings.label) = (0.1, true, -7, nil)
    (settings.classWeights, settings.per, settings.shape) = (["catDog": 0.1, "B_c": 2, "b-C": 3], .epoch, [3, 2])
    let json = try ComponentEncoder().encode(settings)
    #expect(json["negative_slope"] == .number("0.1"))
    #expect(json["class_weights"]?.compact == #"{"B_c":2.0,"b-C":3.0,"catDog":0.1}"#)
    #expect(try ComponentDecoder().decode(Settings.self, from: json) == settings)
    #expect(try ComponentDecoder().decode(from: JSON(parsing: json.text())) == settings)
  }

  @Test func writesNullForEveryTypeOfOptional() throws {
    struct Optionals: Codable {
      var a: Bool?, b: String?, c: Double?, d: Float?, e: Int?, f: Int8?, g: Int16?, h: Int32?, i: Int64?
      var j: UInt?, k: UInt8?, l: UInt16?, m: UInt32?, n: UInt64?, o: [Int]?, p: Settings.Unit?, q: Tree?, r: JSON?
    }
    let json = try ComponentEncoder().encode(Optionals())
    #expect(json.object?.keys.joined() == "abcdefghijklmnopqr")
    #expect(json.object?.values.allSatisfy { $0 == .null } == true)
    #expect(try ComponentDecoder().decode(Optionals.self, from: [:]).r == nil)
  }

  @Test func matchesKeysWhateverTheirSpelling() throws {
    var object = try #require(try JSON(parsing: defaults).object)
    for key in ["negative_slope", "use_gpu", "beta1"] { object[key] = nil }
    object["Negative-Slope"] = 0.5
    object["useGpu"] = true
    object["BETA_1"] = 1
    let settings = try ComponentDecoder().decode(Settings.self, from: .object(object))
    #expect(settings.negativeSlope == 0.5)
    #expect(settings.useGPU)
    #expect(settings.beta1 == 1)
    object["USE_GPU"] = true
    let error = #expect(throws: GliaError.self) {
      try ComponentDecoder().decode(Settings.self, from: .object(object), at: "a")
    }
    #expect(error?.what == "'useGpu' and 'USE_GPU' are the same setting")
    #expect(error?.place == "a.USE_GPU")
  }

  @Test(arguments: [
    (#"[1, "four"]"#, "1", "unexpected text \"four\"", "a whole number"),
    ("[4.5]", "0", "unexpected the number 4.5", "a whole number"),
    ("[1, 2, true]", "2", "unexpected true", "a whole number"), ("[null]", "0", "unexpected null", "a whole number"),
    ("[[]]", "0", "unexpected an array", "a whole number"),
    (
      "[1e30]", "0", "the number 1e30 is out of range",
      "a whole number from -9223372036854775808 to 9223372036854775807"
    ),
  ])
  func refusesWrongIntegers(text: String, place: String, what: String, expected: String) {
    let error = error([Int].self, text, at: "shape")
    #expect(error?.place == "shape.\(place)")
    #expect(error?.what == what)
    #expect(error?.expected == expected)
  }

  @Test func acceptsWholeNumbersInEveryForm() throws {
    let decoder = ComponentDecoder()
    #expect(try decoder.decode([Int].self, from: JSON(parsing: "[8, 8.0, 1e3, -2.50e1]")) == [8, 8, 1000, -25])
    #expect(try decoder.decode(UInt64.self, from: .number("18446744073709551615")) == UInt64.max)
    #expect(try decoder.decode(Int64.self, from: .number("-9223372036854775808")) == Int64.min)
    #expect(try ComponentEncoder().encode(UInt64.max) == .number("18446744073709551615"))
    #expect(error(UInt8.self, "256")?.expected == "a whole number from 0 to 255")
    #expect(error(UInt8.self, "-1")?.what == "the number -1 is out of range")
  }

  @Test func readsFloatsThroughTheirShortestDecimal() throws {
    let floats: [Float] = [0.1, 1e-8, 3.4028235e38, .leastNonzeroMagnitude, 16_777_216, -0.0]
    let json = try ComponentEncoder().encode(floats)
    #expect(json.compact == "[0.1,1e-08,3.4028235e+38,1e-45,16777216.0,-0.0]")
    #expect(try ComponentDecoder().decode([Float].self, from: json).map(\.bitPattern) == floats.map(\.bitPattern))
    // Halfway between two floats as a decimal, but not once it is rounded to a double first.
    #expect(try ComponentDecoder().decode(Float.self, from: .number("1.00000005960464477539062500000001")) == 1.0000001)
    let error = error(Float.self, "1e60")
    #expect(error?.what == "the number 1e60 is out of range")
    #expect(error?.place == "network.layers.0")
    #expect(try ComponentDecoder().decode(Double.self, from: .number("1e60")) == 1e60)
    #expect(self.error(Double.self, "1e999")?.what == "the number 1e999 is out of range")
    #expect(self.error(Double.self, "\"1\"")?.expected == "a number")
  }

  @Test func refusesToWriteWhatIsNotFinite() {
    for value in [Float.infinity, -.infinity, .nan] {
      var settings = Settings()
      settings.classWeights["a"] = value
      let error = #expect(throws: GliaError.self) { try ComponentEncoder().encode(settings) }
      #expect(error?.place == "class_weights.a")
      #expect(error?.what == "\(value) cannot be written as JSON")
    }
    #expect(throws: GliaError.self) { try ComponentEncoder().encode([Double.nan]) }
  }

  @Test func explainsMissingAndWrongMembers() {
    #expect(error(Settings.self, "{}")?.what == "'negative_slope' is missing")
    #expect(error(Settings.self, "{}")?.expected == "a number")
    #expect(error(Settings.self, "{}")?.place == "network.layers.0")
    #expect(error(Settings.self, "[]", at: "")?.expected == "an object")
    #expect(error(Settings.self, "[]", at: "")?.place == nil)
    #expect(error([Settings].self, "{}")?.expected == "a list")
    #expect(error([String: Bool].self, #"{"a_b": 1}"#, at: "x")?.place == "x.a_b")
    let unit = error(Settings.self, defaults.replacing("step", with: "steps"))
    #expect(unit?.place == "network.layers.0.per")
    #expect(unit?.what == "unexpected text \"steps\"")
    #expect(unit?.expected == "one of epoch, step")
  }

  @Test func refusesKeysThatNobodyReads() {
    let error = error([Tree].self, #"[{"layers": []}, {"layers": [{"layers": [], "layrs": 1}]}]"#, at: "")
    #expect(error?.place == "1.layers.0.layrs")
    #expect(error?.what == "unknown key 'layrs'")
    #expect(error?.expected == "layers")
    #expect(error?.remedy == "did you mean 'layers'?")
  }

  @Test func handsOnRawJSONPathAndUserInfo() throws {
    let json: JSON = ["partOne": ["type": "tanh", "x": .number("1.50")]]
    let key = try #require(CodingUserInfoKey(rawValue: "note"))
    let decoder = ComponentDecoder(userInfo: [key: "registry"])
    let raw = try decoder.decode([String: Raw].self, from: json, at: "network")["partOne"]
    #expect(raw?.json == json["partOne"])
    #expect(raw?.path == "network.partOne")
    #expect(raw?.note == "registry")
    #expect(try ComponentEncoder().encode(["partOne": raw]) == json)
    #expect(try decoder.decode(JSON.self, from: json) == json)
    #expect(try decoder.decode([JSON?].self, from: [1, .null]) == [1, nil])
  }

  @Test func placesErrorsThatTypesThrow() {
    let error = error([Checked].self, #"[{"rate": 1}, {"rate": -1}]"#, at: "training")
    #expect(error == GliaError("the rate must be positive", at: "training.1"))
  }

  @Test func decodesNestingToTheLimit() throws {
    let depth = 255
    let text = String(repeating: #"{"layers":["#, count: depth) + String(repeating: "]}", count: depth)
    let json = try JSON(parsing: text)
    let tree = try ComponentDecoder().decode(Tree.self, from: json)
    #expect(try ComponentEncoder().encode(tree) == json)
  }

  @Test(.timeLimit(.minutes(5))) func survivesDamage() throws {
    let valid = Array(try ComponentEncoder().encode(["a": Settings()]).compact.utf8)
    var mutations = Mutations(seed: 2)
    for _ in 0..<5_000 {
      guard let json = try? JSON(parsing: mutations.damage(valid)) else { continue }
      do {
        let settings = try ComponentDecoder().decode([String: Settings].self, from: json)
        #expect(try ComponentDecoder().decode(from: ComponentEncoder().encode(settings)) == settings)
      } catch let error as GliaError {
        #expect(!error.what.isEmpty)
      }
    }
  }
}
