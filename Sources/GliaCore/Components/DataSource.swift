/// A source of samples: a generator or a file.
public protocol DataSource: Component {
  /// Whether features are standardized with the mean and standard deviation of the training part.
  var standardize: Bool { get }
  /// Whether numeric targets are standardized for the network, with the mean and standard deviation of the training part.
  var standardizeTargets: Bool { get }
  /// The function of numeric targets that the network learns, if any; standardization follows it.
  var targetTransform: TargetTransform? { get }
  /// Whether features may be missing (NaN); they are replaced by their mean over the training part.
  var fillsMissing: Bool { get }
  /// Returns the samples; with ``standardize``, standardized over all of them.
  func load() throws -> Dataset
  /// Returns the samples before standardization, which a ``Preparation`` fits on their training part.
  func loadUnstandardized() throws -> Dataset
  /// Returns the samples of ``loadUnstandardized()`` with the columns by which a split groups or orders them as
  /// ``Dataset/keys``; columns of groups are not features.
  func loadUnstandardized(keys: SplitKeys) throws -> Dataset
  /// Returns the samples of another file, not standardized, with the columns, categories and rules of `training`, the samples
  /// of this source.
  func loadUnstandardized(file path: String, like training: Dataset) throws -> Dataset
  /// Returns the same source with relative paths, which start from `folder`, made independent of the current folder.
  func located(in folder: String) -> any DataSource
  /// Returns the same source with its paths made relative to `folder`; the inverse of ``located(in:)``.
  func relative(to folder: String) -> any DataSource
  /// Returns the column that each of the given features comes from; the features of a category come from the same one.
  func columns(ofFeatures names: [String]) -> [String]
}

extension DataSource {
  /// The kind `dataset`.
  public static var kind: ComponentKind { .dataset }
  /// Returns the samples of ``load()``.
  public func loadUnstandardized() throws -> Dataset { try load() }
  /// Returns the samples with the features and targets of the same names as their keys; throws if there is no such column.
  public func loadUnstandardized(keys: SplitKeys) throws -> Dataset {
    let data = try loadUnstandardized()
    return try data.keyed(by: keys.names.map(data.column)).withoutFeatures(of: keys.groups)
  }
  /// Throws: the source has no files of the same kind.
  public func loadUnstandardized(file path: String, like training: Dataset) throws -> Dataset {
    throw GliaError(
      "\(Self.name) cannot read a test file", at: path.visible(limit: 4096),
      expected: "data that are read from one file, such as csv",
      remedy: "use a fraction of the samples as the test part")
  }
  /// False: features are not changed.
  public var standardize: Bool { false }
  /// False: targets are not changed.
  public var standardizeTargets: Bool { false }
  /// Nil: targets are not changed.
  public var targetTransform: TargetTransform? { nil }
  /// False: no feature is missing.
  public var fillsMissing: Bool { false }
  /// Returns itself: it has no paths.
  public func located(in folder: String) -> any DataSource { self }
  /// Returns itself: it has no paths.
  public func relative(to folder: String) -> any DataSource { self }
  /// Returns the names of the features: each is a column of its own.
  public func columns(ofFeatures names: [String]) -> [String] { names }
}
