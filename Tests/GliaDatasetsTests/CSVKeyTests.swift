import Glia
import Testing

/// Columns of a CSV file by which a split groups or orders the samples.
struct CSVKeyTests {
  private let text = """
    id,patient,date,time,site,x,y
    a,7,2024-05-01,1700000003,n,1,0
    b,07,2024-04-01,1700000001,s,2,1
    c,8,2024-06-01,1700000002,n,3,0

    """

  private func load(_ keys: SplitKeys, _ change: (inout CSV) -> Void = { _ in }) throws -> Dataset {
    var data: Dataset?
    try withFile(text) { path in
      var source = CSV(path: path, target: "y", ignore: ["id"], categories: ["site"])
      change(&source)
      data = try source.loadUnstandardized(keys: keys)
    }
    return try #require(data)
  }

  @Test func textAndGroupsAreNoFeatures() throws {
    let data = try load(SplitKeys(groups: ["patient"], order: ["date"]))
    #expect(data.inputNames == ["time", "site=n", "site=s", "x"])
    #expect(data.keys.map(\.name) == ["patient", "date"])
    // Numbers with the same value are one group.
    #expect(Set(data.keys[0].labels).count == 2 && data.keys[1].labels == ["2024-05-01", "2024-04-01", "2024-06-01"])
  }

  @Test func numbersInOrderAreFeaturesInFullPrecision() throws {
    let data = try load(SplitKeys(order: ["time"])) { $0.ignore += ["patient", "date"] }
    #expect(data.inputNames == ["time", "site=n", "site=s", "x"])
    #expect(data.keys[0].cells == .numbers([1_700_000_003, 1_700_000_001, 1_700_000_002]))
    let ignored = try load(SplitKeys(order: ["time"])) { $0.ignore += ["patient", "date", "time"] }
    #expect(ignored.inputNames == ["site=n", "site=s", "x"] && ignored.keys == data.keys)
  }

  @Test func ignoredColumnsCategoriesAndTargetsCanBeKeys() throws {
    let data = try load(SplitKeys(groups: ["id", "site", "y"])) { $0.ignore += ["patient", "date", "time"] }
    #expect(data.inputNames == ["site=n", "site=s", "x"])
    #expect(data.keys.map(\.labels) == [["a", "b", "c"], ["n", "s", "n"], ["0", "1", "0"]])
  }

  @Test func keysMustBeComplete() throws {
    let gaps = "patient,x,y\np1,1,0\n,2,1\np2,3,0\n"
    try withFile(gaps) { path in
      let keys = SplitKeys(groups: ["patient"])
      let error = try #require(throws: GliaError.self) {
        try CSV(path: path, target: "y").loadUnstandardized(keys: keys)
      }
      #expect(error.what == "an empty cell" && error.place?.contains("column 'patient'") == true, "\(error)")
      let dropped = try CSV(path: path, target: "y", missing: .drop).loadUnstandardized(keys: keys)
      #expect(dropped.count == 2 && dropped.keys[0].labels == ["p1", "p2"])
      let unknown = try #require(throws: GliaError.self) {
        try CSV(path: path, target: "y").loadUnstandardized(keys: SplitKeys(groups: ["patent"]))
      }
      #expect(unknown.what.contains("'patent'") && unknown.remedy == "did you mean 'patient'?", "\(unknown)")
    }
  }
}
