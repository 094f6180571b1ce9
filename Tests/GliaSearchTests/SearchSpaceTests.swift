import GliaCore
import GliaSearch
import Testing

@Suite("Search spaces")
struct SearchSpaceTests {
  private func dimension(_ text: String) throws -> SearchDimension { try SearchDimension("a.b", parsing: text) }

  private func values(_ text: String, _ coordinates: [Double]) throws -> [String] {
    let dimension = try dimension(text)
    return coordinates.map { dimension.value(at: $0).compact }
  }

  private let low = 0.0, high = 1.0.nextDown

  @Test("ranges reach both ends, and round to readable numbers")
  func ranges() throws {
    #expect(try values("0..1", [low, 0.123456, high]) == ["0", "0.1235", "1"])
    #expect(try values("1000..1001", [low, 0.123456, high]) == ["1000", "1000.1235", "1001"])
    #expect(try values("log:1e-4..1", [low, 0.625, 0.5, high]) == ["0.0001", "0.03162", "0.01", "1"])
    #expect(try values("log:1e-4..1e-2", [0.75]) == ["0.003162"])
    #expect(try values("int:2..4", [low, 0.33, 0.34, 0.67, high]) == ["2", "2", "3", "4", "4"])
    #expect(try values("log-int:1..100", [low, high]) == ["1", "100"])
    #expect(try values("-3..-3", [low, high]) == ["-3", "-3"])
    #expect(try values("log:0.9..1", [low, 0.5, high]) == ["0.9", "0.94868", "1"])
  }

  @Test("values with a step are exact")
  func steps() throws {
    let tenths = try dimension("0..1:0.1")
    #expect(tenths.count == 11)
    #expect(
      tenths.grid(points: 2).map { tenths.value(at: $0).compact } == [
        "0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1",
      ])
    #expect(try values("int:0..64:8", [low, 0.5, high]) == ["0", "32", "64"])
    #expect(try values("int:0..10:4", [high]) == ["8"])
    #expect(try values("0..1:0.3", [high]) == ["0.9"])
    let powers = try dimension("log-int:8..512:2")
    #expect(powers.count == 7)
    #expect(powers.grid(points: 1).map { powers.value(at: $0).int } == [8, 16, 32, 64, 128, 256, 512])
    let decades = try dimension("log:1e-4..1:10")
    #expect(decades.grid(points: 1).map { decades.value(at: $0).compact } == ["0.0001", "0.001", "0.01", "0.1", "1"])
  }

  @Test("lists are split at the top level, and their elements are JSON or text")
  func lists() throws {
    let lists: [(String, [JSON])] = [
      ("sgd,adam", ["sgd", "adam"]), ("0.1,0.2", [0.1, 0.2]), ("4", [4]), ("true,null", [true, .null]),
      (#"{"type":"adam","beta1":0.8},sgd"#, [["type": "adam", "beta1": 0.8], "sgd"]), ("[1,2],[3]", [[1, 2], [3]]),
      (#""a,b",c d"#, ["a,b", "c d"]), (#""0..1""#, ["0..1"]), ("../a.csv,..", ["../a.csv", ".."]), ("a:b", ["a:b"]),
    ]
    for (text, expected) in lists {
      let dimension = try dimension(text)
      #expect(dimension.values == .list(expected), "\(text)")
      #expect(try SearchDimension("a.b", parsing: dimension.text) == dimension, "\(text)")
    }
  }

  @Test("every value has a coordinate that leads back to it")
  func coordinates() throws {
    for text in [
      "0..1", "-5..10", "1000..1001", "log:1e-4..1", "int:2..64", "log-int:1..1000", "int:0..64:8", "0..1:0.1",
      "log:1e-4..1:10", "log-int:8..512:2", "a,b,c", "0.999..1", "log:0.999..1", "int:-3..3", "7..7", "1e300..1e301",
      "int:0..4503599627370496", "log:1e-300..1e300", "0..1e-310",
    ] {
      let dimension = try dimension(text)
      var random = Random(seed: 1)
      for coordinate in [0, 0.5, 1.0.nextDown] + (0..<500).map({ _ in random.uniform() }) {
        let value = dimension.value(at: coordinate)
        let back = try #require(dimension.coordinate(of: value), "\(text): \(value)")
        #expect(0..<1 ~= back && dimension.value(at: back) == value, "\(text): \(value)")
      }
      #expect(try SearchDimension("a.b", parsing: dimension.text) == dimension, "\(text)")
    }
    #expect(try dimension("0..1:0.1").coordinate(of: 0.15) == nil)
    #expect(try dimension("int:2..64").coordinate(of: 65) == nil)
    #expect(try dimension("a,b").coordinate(of: "c") == nil)
    #expect(try dimension("1,2").coordinate(of: .number("2.0")) == 0.75)
  }

  @Test("whole numbers are equally likely, or their logarithms")
  func frequencies() throws {
    let dice = try dimension("int:1..6")
    let logs = try dimension("log-int:1..8")
    var (rolls, small) = ([Int](repeating: 0, count: 7), 0)
    for i in 0..<6000 {
      rolls[dice.value(at: (Double(i) + 0.5) / 6000).int ?? 0] += 1
      small += logs.value(at: (Double(i) + 0.5) / 6000) == 1 ? 1 : 0
    }
    #expect(rolls == [0, 1000, 1000, 1000, 1000, 1000, 1000])
    #expect(small == 2327)  // 6,000 · ln(1.5 / 0.5) / ln(8.5 / 0.5)
  }

  @Test("grids include both ends")
  func grids() throws {
    func grid(_ text: String, _ points: Int) throws -> [String] {
      let dimension = try dimension(text)
      return dimension.grid(points: points).map { dimension.value(at: $0).compact }
    }
    #expect(try grid("0..1", 5) == ["0", "0.25", "0.5", "0.75", "1"])
    #expect(try grid("log:1e-4..1", 3) == ["0.0001", "0.01", "1"])
    #expect(try grid("int:1..3", 5) == ["1", "2", "3"])
    #expect(try grid("int:1..9", 3) == ["1", "5", "9"])
    #expect(try grid("a,b", 1) == [#""a""#, #""b""#])
    #expect(try grid("0..1", 1) == ["0.5"])
  }

  private func conditional() throws -> SearchSpace {
    try SearchSpace(
      from: [
        "training.optimizer": [["type": "sgd", "learning_rate": 0.1], "adam"],
        "training.optimizer.momentum": ["range": "0..0.99", "when": ["training.optimizer": ["SGD"]]],
        "training.optimizer.nesterov": ["values": [true, false], "when": ["training.optimizer.momentum": [0.5]]],
        "network.layers.0.units": "log-int:8..64:2",
      ])
  }

  @Test("conditions leave settings out, and the point of values is found again")
  func conditions() throws {
    let space = try conditional()
    let sgd = space.values(at: [0.1, 0.2, 0.9, 0])
    #expect(
      JSON.object(sgd).compact
        == #"{"training.optimizer":{"type":"sgd","learning_rate":0.1},"training.optimizer.momentum":0.198,"#
        + #""network.layers.0.units":8}"#)
    let adam = space.values(at: [0.9, 0.2, 0.9, 0])
    #expect(JSON.object(adam).compact == #"{"training.optimizer":"adam","network.layers.0.units":8}"#)
    #expect(try space.point(of: adam) == [0.75, 0.5, 0.5, 0.125])
    #expect(
      space.active(at: [0.1, 0.5051, 0, 0]) == [true, true, true, true] || space.active(at: [0.1, 0.50505, 0, 0])[2])
    #expect(space.count == nil)
    #expect(throws: GliaError.self) { try space.point(of: ["training.optimizer": "adam"]) }
    #expect(throws: GliaError.self) {
      var values = adam
      values["training.optimizer.momentum"] = 0.5
      return try space.point(of: values)
    }
  }

  @Test("the JSON form survives a round trip, and text with a condition is the same")
  func roundTrip() throws {
    let space = try conditional()
    #expect(try SearchSpace(from: JSON(parsing: space.json.text())) == space)
    #expect(try ComponentDecoder().decode(SearchSpace.self, from: ComponentEncoder().encode(space)) == space)
    let texts = try space.dimensions.map { try SearchDimension(parsing: "\($0.path)=\($0.text)") }
    #expect(try SearchSpace(texts) == space)
    let momentum = try SearchDimension(
      parsing: "training.optimizer.momentum=0..0.99 if training.optimizer=sgd|momentum")
    #expect(momentum.condition == .init("training.optimizer", in: ["sgd", "momentum"]))
  }
}
