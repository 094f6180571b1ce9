import Glia
import Testing

extension ToolTests {
  /// Models that were trained and written in Swift.
  @Suite struct SwiftModelTests {
    private func workplace() throws -> (place: Workplace, data: Dataset) {
      let place = try Workplace()
      try place.write(Examples.flowers, to: "flowers.csv")
      try place.write("length,width\n0.5,1.0\n4.6,5.2\n", to: "new.csv")
      return (place, try CSV(path: place.path("flowers.csv"), target: "species").load().standardized())
    }

    private func trained(on data: Dataset) throws -> Training {
      let network = try Network(input: [2], seed: 1) { Dense(3, activation: .softmax) }
      var training = try Training(
        network, on: data, loss: .sparseCategoricalCrossentropy, optimizer: .sgd(learningRate: 0.5),
        metrics: [Accuracy()], epochs: 200)
      try training.fit()
      return training
    }

    @Test func aTrainingsModelIsLikeOneOfTheTool() throws {
      let (place, data) = try workplace()
      let training = try trained(on: data)
      try training.model.write(to: place.path("model.safetensors"))

      let predicted = try place.glia("predict", "model.safetensors", "--data", "new.csv")
      #expect(predicted.status == 0 && predicted.errors.isEmpty, "\(predicted)")
      #expect(predicted.lines.first == "class,\"p_blue, large\",p_setosa,p_virgin")
      // The file is not standardized, and its columns are in another order.
      let model = try Model(contentsOf: place.path("model.safetensors"), with: .standard)
      let expected = try model.predict(Tensor(rows: [[1.0, 0.5], [5.2, 4.6]])).values
      let cells = predicted.lines.dropFirst().flatMap { $0.split(separator: ",").suffix(3).compactMap { Float($0) } }
      // The tool reads the cells in double precision.
      #expect(cells.count == 6 && zip(cells, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(cells), \(expected)")
      #expect(expected[1] > 0.5 && expected[5] > 0.5)

      let evaluated = try place.glia("evaluate", "model.safetensors", "--data", "flowers.csv")
      let loss = try #require(evaluated.lines.first?.split(separator: " ").last.flatMap { Double($0) })
      #expect(try abs(loss - training.evaluate(data).loss) < 1e-6, "\(evaluated)")
      #expect(evaluated.lines.last == "accuracy 1", "\(evaluated)")

      for arguments in [
        ["plot", "confusion", "model.safetensors", "--data", "flowers.csv"], ["describe", "model.safetensors"],
      ] {
        let run = try place.run(place.glia, arguments)
        #expect(run.status == 0, "\(run)")
      }
      #expect(place.exists("confusion.png"))
      #expect(model.columns == ["width", "length"] && model.targets == ["species"])
    }

    @Test func aModelWithoutLossSaysWhatToAdd() throws {
      let (place, data) = try workplace()
      let training = try trained(on: data)
      let (path, network) = (place.path("model.safetensors"), training.network)
      try Model(network: network, classes: training.classes).write(to: path)
      let predicted = try place.glia("predict", "model.safetensors", "--data", "new.csv")
      #expect(predicted.lines.first == "class,\"p_blue, large\",p_setosa,p_virgin", "\(predicted)")

      let nameless = try place.glia("evaluate", "model.safetensors", "--data", "flowers.csv")
      #expect(nameless.status == 64 && nameless.errors.contains("model.targets = [\"y\"]"), "\(nameless)")
      try Model(
        network: network, classes: training.classes, columns: data.inputNames, targets: ["species"]
      ).write(to: path)
      let evaluated = try place.glia("evaluate", "model.safetensors", "--data", "flowers.csv")
      #expect(
        evaluated.status == 65
          && evaluated.errors.contains("model.experiment.training.loss = SparseCategoricalCrossentropy()"),
        "\(evaluated)")

      try Model(network: network).write(to: path)
      let plotted = try place.glia("plot", "confusion", "model.safetensors", "--data", "flowers.csv")
      #expect(plotted.status == 65 && plotted.errors.contains("model.classes = [\"no\", \"yes\"]"), "\(plotted)")
      let numbers = try place.glia("predict", "model.safetensors", "--data", "new.csv")
      #expect(numbers.lines.first == "y1,y2,y3" && numbers.errors.contains("training.model"), "\(numbers)")
    }
  }
}
