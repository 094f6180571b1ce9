import Foundation
import Testing

extension ToolTests {
  /// Values for which a preprocessor has no result.
  @Suite struct UndefinedValueTests {
    @Test func theStepAndTheRowAreNamed() throws {
      let place = try Workplace()
      let rows = (0..<20).map { "\($0),\($0 % 3),\($0 < 10 ? "p" : "q")\n" }.joined()
      try place.write("a,b,y\n" + rows, to: "d.csv")
      try place.write("a,b,y\n1,2,p\n-3,4,q\n2,2,q\n", to: "new.csv")
      try place.write(
        """
        {
          "data": {"type": "csv", "path": "d.csv", "target": "y"},
          "preprocessing": [{"type": "log", "columns": ["a"]}, {"type": "standardize", "columns": ["b"]}],
          "network": {"layers": [{"type": "dense", "units": 1, "activation": "sigmoid"}]},
          "training": {"loss": "binary_crossentropy", "optimizer": "adam", "epochs": 2}
        }
        """, to: "e.json")
      #expect(try place.glia("train", "e.json", "--output", "o", "--no-plots", "--quiet").status == 0)
      let (what, step) = ("log has no result for a = -3", "row 2, preprocessing (log)")
      let predicted = try place.glia("predict", "o", "--data", "new.csv")
      #expect(predicted.status == 0 && predicted.lines[2] == ",," && !predicted.lines[3].hasPrefix(","))
      #expect(predicted.errors.contains("\(what) (new.csv, \(step))"), "\(predicted)")
      for arguments in [["predict", "o", "--data", "new.csv", "--strict"], ["evaluate", "o", "--data", "new.csv"]] {
        let run = try place.run(place.glia, arguments)
        #expect(run.status == 65 && run.errors.contains(what) && run.errors.contains(step), "\(run)")
      }
      let trained = try place.glia(
        "train", "e.json", "--set", "data.path=new.csv", "--set", "split.test=0", "--output", "p")
      #expect(trained.status == 65 && trained.errors.contains("preprocessing.0.log"), "\(trained)")
    }
  }
}
