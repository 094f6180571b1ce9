/// Experiments that run quickly.
enum Examples {
  static let moons = """
    {
      "name": "small moons",
      "data": {"type": "moons", "samples": 60},
      "split": {"test": 0.2, "validation": 0.2},
      "network": {"layers": [
        {"type": "dense", "units": 3, "activation": "tanh"},
        {"type": "dense", "units": 1, "activation": "sigmoid"}
      ]},
      "training": {"loss": "binary_crossentropy", "optimizer": "adam", "epochs": 4, "batch_size": 8}
    }
    """

  static func csv(
    _ path: String, target: String, units: Int, loss: String, activation: String = "linear", more: String = ""
  ) -> String {
    """
    {
      "data": {"type": "csv", "path": "\(path)", "target": \(target)\(more)},
      "network": {"layers": [{"type": "dense", "units": \(units), "activation": "\(activation)"}]},
      "training": {"loss": "\(loss)", "optimizer": {"type": "sgd", "learning_rate": 0.1}, "epochs": 3}
    }
    """
  }

  static let flowers = """
    width,length,species
    1.0,0.5,setosa
    1.2,0.4,setosa
    3.0,2.5,"blue, large"
    3.1,2.4,"blue, large"
    5.0,4.5,virgin
    5.2,4.6,virgin

    """
}
