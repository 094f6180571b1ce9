/// The description of a training in one JSON file: the data, their split, the network and the training settings.
public struct Experiment: SettingsGroup {
  public static let title = "the experiment"
  /// The name in titles and folder names.
  public var name = ""
  /// The source of the samples; required.
  @Part public var data: (any DataSource)? = nil
  /// The rule that divides them; nil to train on all.
  @Part public var split: (any Split)? = nil
  /// The preprocessors of the features, in order, fitted to the training part; ``DataSource/standardize`` comes after them.
  @Part public var preprocessing: [any Preprocessor] = []
  /// The network.
  @Section public var network = NetworkSettings()
  /// The training settings.
  @Section public var training = TrainingSettings()

  /// Creates an experiment without data, network and training.
  public init() {}

  private static let longestName = 1000

  public func validate() throws {
    guard name.utf8.count > Self.longestName else { return }
    throw GliaError(
      "a name with \(name.utf8.count) bytes", at: "name", expected: "at most \(Self.longestName)",
      remedy: "shorten it: it is used in titles and as a folder name")
  }

  /// Returns the experiment as JSON, with all settings.
  public func json() throws -> JSON { try ComponentEncoder().encode(self) }

  /// Returns the same experiment with dependent defaults filled in: metrics that suit the loss, initializers that suit the
  /// activation, the constant schedule, and the data's path independent of the current folder.
  ///
  /// - Parameters:
  ///   - registry: provides the metrics and the schedule.
  ///   - folder: the folder that a relative data path starts from.
  ///   - holdsClasses: whether the targets are known to be classes whatever the loss.
  public func resolved(with registry: Registry, folder: String = "", holdsClasses: Bool = false) throws -> Experiment {
    var full = located(in: folder)
    full.network.layers = network.layers.map { $0.resolved() }
    if training.metrics == nil {
      let loss = try training.requiredLoss()
      let isClassification = holdsClasses || loss.targetEncoding.isClassification
      // Outputs such as a mean and a variance for each target cannot be compared with the targets.
      let isComparable = [1, 2].contains { (try? loss.checkWidths(outputs: $0, targets: $0, classes: 0)) != nil }
      full.training.metrics =
        isClassification || isComparable
        ? [try registry.make((any Metric).self, named: isClassification ? "accuracy" : "mean_absolute_error")] : []
    }
    if training.solver == nil { full.training.batchSize = training.batchSize }
    full.training.schedule = try training.schedule ?? registry.make((any Schedule).self, named: "constant")
    return full
  }

  /// Returns the experiment with the layers that `preprocessing` needs before all others; those of an earlier run are kept if
  /// they fit, and replaced otherwise.
  func precededByLayers(of preprocessing: Preprocessing, for names: [String]) throws -> Experiment {
    let layers = try preprocessing.inputLayers(names).layers
    let own = network.layers.prefix(layers.count)
    guard try own.count < layers.count || !zip(own, layers).allSatisfy({ try $0.hasSettings(of: $1) }) else {
      return self
    }
    var full = self
    if own.elementsEqual(layers, by: { type(of: $0) == type(of: $1) }) { full.network.layers.removeFirst(layers.count) }
    full.network.layers.insert(contentsOf: layers, at: 0)
    return full
  }

  /// Returns the experiment with relative paths, which start from `folder`, made independent of the current folder.
  public func located(in folder: String) -> Experiment {
    var copy = self
    (copy.data, copy.split) = (data?.located(in: folder), split?.located(in: folder))
    return copy
  }

  /// Returns the experiment with the paths of its data relative to `folder`, where it will be written.
  public func relative(to folder: String) -> Experiment {
    var copy = self
    (copy.data, copy.split) = (data?.relative(to: folder), split?.relative(to: folder))
    return copy
  }

  /// Returns the samples before standardization, with the keys of the split; throws if the experiment has no data.
  ///
  /// - Parameter split: another split whose keys are loaded, too.
  public func load(for split: (any Split)? = nil) throws -> Dataset {
    guard let data else {
      throw GliaError("no data", at: "data", expected: "a data set, such as {\"type\": \"moons\"}", remedy: "add it")
    }
    let keys = [self.split, split].compactMap { $0?.keys }
    let all = SplitKeys(groups: keys.flatMap(\.groups), order: keys.flatMap(\.order))
    do { return try data.loadUnstandardized(keys: all) } catch let error as GliaError where error.place == nil {
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

  /// Creates a network without layers.
  public init() {}
  /// Creates a network of the given layers.
  public init(input: [Int]? = nil, layers: [any Layer]) {
    self.input = input
    self.layers = layers
  }

  public func validate() throws {}
}

extension Layer {
  /// Whether all settings of `other` that are not defaults are the same here.
  fileprivate func hasSettings(of other: any Layer) throws -> Bool {
    guard type(of: self) == type(of: other) else { return false }
    let (own, defaults) = (try JSON(part: self), try JSON(part: type(of: other).init()))
    return try JSON(part: other).object?.allSatisfy { $1 == defaults[$0] || $1 == own[$0] } ?? false
  }
}
