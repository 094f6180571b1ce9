import GliaCore

extension StudySuite {
  /// The names of the built-in suites.
  public static let builtInNames = ["quick", "full"]

  /// Returns a built-in suite: `quick`, for about two minutes with five optimizers on two cores, or `full`, with more samples and
  /// epochs, for about a quarter of an hour.
  ///
  /// The problems range from a two-class problem in the plane over a vanishing gradient, a bad condition and a curved valley to
  /// pictures of digits; all data are generated.
  ///
  /// - Throws: `GliaError` for other names, and if the registry lacks one of the standard components.
  public static func builtIn(_ name: String, with registry: Registry) throws -> StudySuite {
    guard let size = ["quick": 3, "full": 8][name] else {
      throw GliaError(
        "unknown suite '\(name.excerpt)'", expected: builtInNames.map { "suite:\($0)" }.joined(separator: " or "),
        remedy: Suggestion.nearest(to: name, among: builtInNames).map { "did you mean 'suite:\($0)'?" },
        category: .missingInput)
    }
    return try StudySuite(from: .array(problems(size)), name: name, with: registry) { _ in Experiment() }
  }

  /// The problems; samples as well as epochs are proportional to `size`.
  private static func problems(_ size: Int) -> [JSON] {
    let digits: JSON = ["type": "digits", "samples": JSON(500 * (size + 1))]
    return [
      problem(
        "moons", ["type": "moons", "samples": JSON(500 * size), "noise": 0.2], [8, 8], "binary", 40 * size, 0.1),
      problem(
        "spirals", ["type": "spirals", "samples": JSON(600 * size), "noise": 0.2], [32, 16], "classes 3", 40 * size, 0.3
      ),
      problem(
        "checkerboard", ["type": "checkerboard", "samples": JSON(1000 * size)], [32, 32], "binary", 30 * size, 0.2,
        activation: "relu"),
      problem(
        "deep sigmoid", ["type": "circles", "samples": JSON(300 * size), "noise": 0.1], [8, 8, 8, 8], "binary",
        80 * size,
        0.3, activation: "sigmoid"),
      problem(
        "ill-conditioned",
        ["type": "ill_conditioned", "samples": JSON(200 * size), "features": 20, "condition": 1000], [], "numbers",
        60 * size, 0.01),
      problem(
        "noisy quadratic",
        ["type": "ill_conditioned", "samples": JSON(500 * size), "features": 20, "condition": 100, "noise": 1], [],
        "numbers",
        20 * size, 1.2, batch: 4),
      rosenbrock(1000 * size),
      problem(
        "friedman1", ["type": "friedman1", "samples": JSON(500 * size), "noise": 1], [32, 32], "numbers", 40 * size, 3,
        activation: "relu"),
      problem(
        "mnist1d", ["type": "mnist1d", "samples": JSON(1000 * size)], [64, 64], "classes 10", 20 * size, 1.2,
        activation: "relu"),
      problem("digits", digits, [32], "classes 10", 20 * size, 0.2, activation: "relu"),
      problem(
        "autoencoder", ["type": "reconstruction", "data": digits], [32, 12, 32], "numbers 64", 20 * size, 0.02),
    ]
  }

  /// A problem with hidden layers of the given widths.
  ///
  /// - Parameter outputs: `binary`, `classes` with their number, or `numbers` with theirs.
  private static func problem(
    _ name: String, _ data: JSON, _ widths: [Int], _ outputs: String, _ epochs: Int, _ target: Double,
    activation: String = "tanh", batch: Int = 32
  ) -> JSON {
    let words = outputs.split(separator: " ")
    let count = words.count > 1 ? Int(words[1]) ?? 1 : 1
    let (last, loss) =
      switch words[0] {
      case "binary": ("sigmoid", "binary_crossentropy")
      case "classes": ("softmax", "sparse_categorical_crossentropy")
      default: ("linear", "mean_squared_error")
      }
    let hidden = widths.map { width -> JSON in
      ["type": "dense", "units": JSON(width), "activation": .string(activation)]
    }
    let output: JSON = ["type": "dense", "units": JSON(count), "activation": .string(last)]
    return [
      "name": .string(name), "target": JSON(target),
      "experiment": [
        "name": .string(name), "data": data, "split": ["test": 0.2, "validation": 0.2],
        "network": ["layers": .array(hidden + [output])],
        "training": [
          "loss": .string(loss), "optimizer": "sgd", "epochs": JSON(epochs), "batch_size": JSON(batch),
        ],
      ],
    ]
  }

  private static func rosenbrock(_ epochs: Int) -> JSON {
    [
      "name": "rosenbrock", "target": 0.001,
      "experiment": [
        "name": "rosenbrock", "data": "rosenbrock", "split": "same", "network": ["layers": ["rosenbrock"]],
        "training": ["loss": "mean_squared_error", "optimizer": "sgd", "epochs": JSON(epochs), "metrics": []],
      ],
    ]
  }
}
