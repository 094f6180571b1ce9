import Foundation
import Testing

extension ToolTests {
  /// Sizes that are too large are reported with exit status 65, and never end the tool by a signal.
  @Suite struct LargeTests {
    let place = try? Workplace()

    /// Settings for `glia train moons`, and the expected message.
    static let requests: [(says: String, settings: [String])] = [
      ("more memory", [#"network.layers=[{"type":"dense","units":200000,"activation":"softmax"}]"#] + classes(200_000)),
      (
        "more memory",
        classes(200_000)
          + [#"network.layers=[{"type":"dense","units":1}]"#, #"training.loss="categorical_crossentropy""#]
      ),
      ("more memory", ["network.layers.0.units=4000000000"]),
      ("cannot be created", ["network.layers.0.units=9223372036854775807"]),
      ("cannot be created", ["network.layers.0.units=4611686018427387904"]),
      ("more memory", [#"data={"type":"blobs","samples":4000000000,"features":100000}"#]),
      ("more memory", [#"data={"type":"sine","samples":9223372036854775807}"#]),
      (
        "10,000 layers",
        [#"network.layers=[{"type":"repeated","times":9223372036854775807,"layers":[{"type":"dense","units":2}]}]"#]
      ),
      ("bytes", ["name=" + String(repeating: "n", count: 100_000)]),
    ]

    static func classes(_ count: Int) -> [String] {
      ["split=null", #"data={"type":"blobs","samples":\#(count),"classes":\#(count)}"#]
        + [#"training.loss="sparse_categorical_crossentropy""#]
    }

    @Test(arguments: requests.indices)
    func isRefused(_ index: Int) throws {
      let place = try #require(place)
      let request = Self.requests[index]
      let options = request.settings.flatMap { ["--set", $0] }
      let outcome = try place.run(place.glia, ["train", "moons", "--quiet", "--no-plots"] + options)
      #expect(!outcome.wasSignalled, "\(outcome)")
      #expect([64, 65].contains(outcome.status), "\(outcome)")
      #expect(outcome.errors.contains(request.says), "\(outcome)")
    }

    @Test func aSparseFileOfTerabytesIsNoModel() throws {
      let place = try #require(place)
      try place.write("", to: "zeros.safetensors")
      try FileHandle(forWritingTo: URL(fileURLWithPath: place.path("zeros.safetensors"))).truncate(atOffset: 1 << 41)
      for command in [["describe"], ["plot", "diagram"]] {
        let outcome = try place.run(place.glia, command + ["zeros.safetensors"])
        #expect(outcome.status == 65 && outcome.errors.contains("does not begin with '{'"), "\(outcome)")
      }
    }
  }
}
