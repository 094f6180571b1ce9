import Foundation
import GliaCore
import Testing

extension ToolTests {
  /// Starting experiments for columns of many values.
  @Suite struct ManyValuesTests {
    @Test func categoriesOfManyValuesAreEmbedded() throws {
      let place = try Workplace()
      // 25 cities with 12 rows each, 100 streets with 3, and 150 patients with 2.
      let rows = (0..<300).map {
        "city\($0 % 25),street\($0 % 100),\($0 % 150),\($0 % 7),\($0 % 25 < 12 ? "p" : "q")\n"
      }
      try place.write("city,street,patient_id,a,y\n" + rows.joined(), to: "d.csv")
      let run = try place.glia("init", "d.csv", "--target", "y")
      #expect(run.status == 0 && run.output.contains("city with 25 values"), "\(run)")
      #expect(run.errors.contains("if 'patient_id' identifies groups of rows"), "\(run)")
      let json = try JSON(parsing: place.text("d.json"))
      #expect(json["data"]?["categories"] == ["city"] && json["data"]?["ignore"] == ["street"])
      #expect(json["preprocessing"] == [["type": "embedding", "columns": ["city"]]])
      let trained = try place.glia("train", "d.json", "--epochs", "2", "--no-plots", "--quiet", "--output", "o")
      #expect(trained.status == 0 && trained.output.contains("embedding"), "\(trained)")
    }

    @Test func percentagesAndTrailingSeparatorsAreRead() throws {
      let place = try Workplace()
      let rows = (0..<40).map { "\($0) %;\($0 % 3);\($0 < 20 ? "p" : "q");\n" }
      try place.write("share;b;y;\n" + rows.joined(), to: "d.csv")
      let inspected = try place.glia("inspect", "d.csv")
      #expect(inspected.status == 0 && inspected.output.contains("percent"), "\(inspected)")
      #expect(try place.glia("init", "d.csv", "--target", "y").status == 0)
      try place.write("share;b;y;\n50%;1;q;\n", to: "test.csv")
      let split = #"split={"test": "test.csv"}"#
      let run = try place.glia(
        "train", "d.json", "--epochs", "2", "--no-plots", "--quiet", "--output", "o", "--set", split)
      #expect(run.status == 0 && run.output.contains("1 for testing"), "\(run)")
      let predicted = try place.glia("predict", "o", "--data", "test.csv")
      #expect(predicted.status == 0 && predicted.lines.count == 2, "\(predicted)")
    }
  }
}
