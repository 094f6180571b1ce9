import GliaCore

/// The one sample of the layer `rosenbrock`: the input 1 with the targets 1 and 0, so that the loss is Rosenbrock's function.
public struct RosenbrockData: DataSource {
  public static let name = "rosenbrock"
  public static let summary = "the one sample that makes the loss of the layer rosenbrock Rosenbrock's function"

  /// Creates the sample.
  public init() {}

  public func load() throws -> Dataset {
    try Dataset(
      name: Self.name, inputs: Tensor(shape: [1, 1], [1]), inputNames: ["one"],
      targets: [Column("y1", [1]), Column("y2", [0])])
  }
}
