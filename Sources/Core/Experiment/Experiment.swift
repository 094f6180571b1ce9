/// A training described by values: data, how they are split, a network and how it is trained; one JSON file.
public struct Experiment: SettingsGroup {
  public static let title = "the experiment"
  /// What it is called in titles and folder names.
  public var name = ""
  /// Where the samples come from; must be given.
  @Part public var data: (any DataSource)? = nil
  /// How they are divided; nil to learn from all.
  @Part public var split: (any Split)? = nil
  /// The network.
  @Section public var network = NetworkSettings()
  /// How it is trained.
  @Section public var training = TrainingSettings()

  /// An experiment whose data, network and training are still to be given.
  public init() {}

  private static let longestName = 1000

  public func validate() throws {
    guard name.utf8.count > Self.longestName else { return }
    throw GliaError(
      "a name of \(name.utf8.count) bytes", at: "name", expected: "at most \(Self.longestName)",
      remedy: "shorten it: it stands in titles and names a folder")
  }

  /// The experiment as JSON, every setting included.
  public func json() throws -> JSON { try ComponentEncoder().encode(self) }

  /// The same experiment, with what depends on the rest filled in: metrics by the loss, initializers by the activation,
  /// the constant schedule, and the data's path independent of the current folder.
  ///
  /// - Parameters:
  ///   - registry: makes the metrics and the schedule.
  ///   - folder: the folder that a relative path of the data starts from.
  ///   - holdsClasses: whether the targets are known to be classes whatever the loss.
  public func resolved(with registry: Registry, folder: String = "", holdsClasses: Bool = false) throws -> Experiment {
    var full = self
    full.data = data?.located(in: folder)
    full.network.layers = network.layers.map { $0.resolved() }
    if training.metrics == nil {
      let isClassification = try holdsClasses || training.requiredLoss().targetEncoding.isClassification
      full.training.metrics = [
        try registry.make((any Metric).self, named: isClassification ? "accuracy" : "mean_absolute_error")
      ]
    }
    full.training.schedule = try training.schedule ?? registry.make((any Schedule).self, named: "constant")
    return full
  }

  /// The experiment with the paths of its data as they are seen from `folder`, in which it is going to be written.
  public func relative(to folder: String) -> Experiment {
    var copy = self
    copy.data = data?.relative(to: folder)
    return copy
  }

  /// The samples as they are before standardization; throws if no data were described.
  public func load() throws -> Dataset {
    guard let data else {
      throw GliaError("no data", at: "data", expected: "a data set, such as {\"type\": \"moons\"}", remedy: "add it")
    }
    do { return try data.loadUnstandardized() } catch let error as GliaError where error.place == nil {
      throw error.inside("data")
    }
  }
}

/// The layers of a network: the section `network` of an experiment.
public struct NetworkSettings: SettingsGroup {
  public static let title = "network"
  /// The shape of one sample; nil to take it from the data.
  public var input: [Int]? = nil
  /// The layers, in order.
  @Part public var layers: [any Layer] = []

  /// A network whose layers are still to be given.
  public init() {}
  /// A network of the given layers.
  public init(input: [Int]? = nil, layers: [any Layer]) {
    self.input = input
    self.layers = layers
  }

  public func validate() throws {}
}
