@testable import GliaDatasets
import Foundation
import Glia
import Testing

@Suite("Dates in CSV files")
struct DateTests {
  @Test(
    "dates are read",
    arguments: [
      ("2024-02-29", [2024, 2, 29, 4, 0, 1_709_164_800]), ("31.12.1999", [1999, 12, 31, 5, 0, 946_598_400]),
      ("1/1/1970", nil), ("1970/1/1", [1970, 1, 1, 4, 0, 0]), (" 1969-12-31 ", [1969, 12, 31, 3, 0, -86_400]),
      ("2024-03-31T18:30", [2024, 3, 31, 7, 18.5, 1_711_909_800]),
      ("2024-03-31 18:30:30.5Z", [2024, 3, 31, 7, 18.508472222222224, 1_711_909_830.5]),
      ("2024-03-31T18:30:00+02:00", [2024, 3, 31, 7, 18.5, 1_711_902_600]),
      ("2024-03-31T18:30-0530", [2024, 3, 31, 7, 18.5, 1_711_929_600]), ("2023-02-29", nil), ("2024-13-01", nil),
      ("2024-00-01", nil), ("2024-1-", nil), ("24-01-01", nil), ("2024-01-01T24:00", nil), ("2024-01-01T1:2:3:4", nil),
      ("2024-01-01T10:00Zx", nil), ("1.2.99999", nil), ("", nil), ("T", nil), ("--", nil), ("2024-01-01T10:00+", nil),
      ("0000-01-01", [0, 1, 1, 6, 0, -62_167_219_200]), ("٢٠٢٤-01-01", nil),
    ] as [(String, [Double]?)])
  func dates(text: String, wanted: [Double]?) {
    let parts: [DatePart] = [.year, .month, .day, .weekday, .hour, .seconds]
    let found = CSVDate(text).map { date in parts.map(date.value) }
    #expect(found == wanted)
  }

  private let source = CSV(path: "", target: "y")

  private func withTable(_ text: String, _ body: (CSV) throws -> Void) throws {
    try withFile(text) { path in
      var source = source
      source.path = path
      source.dates = ["sold"]
      try body(source)
    }
  }

  @Test("parts of dates are features, also of a model")
  func features() throws {
    try withTable("sold,x,y\n2024-03-31,1,2\n2023-01-02,3,4\n") { source in
      let data = try source.loadUnstandardized()
      #expect(data.inputNames == ["sold:year", "sold:month", "sold:day", "sold:weekday", "x"])
      #expect(data.inputs.values == [2024, 3, 31, 7, 1, 2023, 1, 2, 1, 3])
      var seconds = source
      seconds.dateFeatures = [.seconds]
      #expect(try seconds.loadUnstandardized().inputs.values.first == 1_711_843_200)
      var rows = try CSVFeatureRows(path: source.path, columns: ["x", "sold:day"], like: source)
      #expect(try rows.next(9)?.inputs.values == [1, 31, 3, 2])
      #expect(source.columns(ofFeatures: data.inputNames) == data.inputNames)
    }
  }

  @Test("missing and invalid dates")
  func gaps() throws {
    try withTable("sold,x,y\n2024-03-31,1,2\n,3,4\nNA,3,4\n2024-03-01,1,2\n") { source in
      let error = #expect(throws: GliaError.self) { try source.loadUnstandardized() }
      #expect(error?.remedy?.contains("\"missing\"") == true && error?.remedy?.contains("2 such cells") == true)
      var filling = source
      filling.missing = .mean
      #expect(try filling.load().inputs.values.count(where: \.isNaN) == 8)
      filling.missing = .drop
      let dropped = try filling.load()
      #expect(dropped.count == 2 && dropped.warnings.first?.contains("missing in sold 2") == true)
    }
    try withTable("sold,x,y\n2024-03-31,1,2\n3/31/2024,3,4\n") { source in
      let error = #expect(throws: GliaError.self) { try source.loadUnstandardized() }
      #expect(error?.what == "the date 3/31/2024" || error?.what.contains("3/31/2024") == true)
      #expect(error?.remedy?.contains("cannot be told apart") == true)
      var other = source
      other.categories = ["sold"]
      #expect(throws: GliaError.self) { try other.loadUnstandardized() }
      other = source
      other.dateFeatures = []
      #expect(throws: GliaError.self) { try other.loadUnstandardized() }
      other = source
      other.dates = ["slod"]
      #expect(throws: GliaError.self) { try other.loadUnstandardized() }
    }
  }

  @Test("dates order samples however they are written")
  func order() throws {
    try withTable("sold,x,y\n31.12.2023,1,2\n1.3.2024,3,4\n15.6.2022,5,6\n") { source in
      var experiment = Experiment()
      experiment.data = source
      experiment.split = RandomSplit(test: 0.34, order: "sold")
      (experiment.training.loss, experiment.training.optimizer) = (MeanSquaredError(), SGD())
      experiment.network.layers = [Dense(1)]
      let test = try #require(try Preparation(experiment, with: .standard).test)
      #expect(try test.targets[0].numbers() == [4])
    }
    try withTable("sold,x,y\n31.12.2023,1,2\nNA,3,4\n15.6.2022,5,6\n") { source in
      #expect(throws: GliaError.self) { try source.loadUnstandardized(keys: SplitKeys(order: ["sold"])) }
    }
  }

  @Test("decimal commas are found")
  func decimalCommas() throws {
    try withFile("a;b;c\n1,5;x;2\n2,25;y;3,5\n") { path in
      let summary = try TableSummary(of: path)
      #expect(summary.decimal == "," && summary.columns.map(\.kind) == [.number, .category, .number])
      #expect(summary.columns[0].range == 1.5...2.25)
    }
    try withFile("a;b\n1,5;x\nz;y\n") { path in
      let summary = try TableSummary(of: path)
      #expect(summary.decimal == ".")
    }
  }

  @Test("rows of predictions follow the file when rows are dropped")
  func rowNumbers() throws {
    try withFile("x,y\n1,1\n,2\n3,3\n4,4\n,5\n6,6\n") { path in
      let data = try CSV(path: path, target: "y", missing: .drop).loadUnstandardized()
      #expect(data.rowNumbers == [1, 3, 4, 6])
      #expect(try data.part([3, 1])?.rowNumbers == [6, 3])
    }
  }
}
