/// A source of samples: a generator or a file.
public protocol DataSource: Component {
  /// Whether features are standardized with the mean and standard deviation of the training part.
  var standardize: Bool { get }
  /// Whether numeric targets are standardized for the network, with the mean and standard deviation of the training part.
  var standardizeTargets: Bool { get }
  /// Whether features may be missing (NaN); they are replaced by their mean over the training part.
  var fillsMissing: Bool { get }
  /// Returns the samples; with ``standardize``, standardized over all of them.
  func load() throws -> Dataset
  /// Returns the samples before standardization, which a ``Preparation`` fits on their training part.
  func loadUnstandardized() throws -> Dataset
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
  /// False: features are not changed.
  public var standardize: Bool { false }
  /// False: targets are not changed.
  public var standardizeTargets: Bool { false }
  /// False: no feature is missing.
  public var fillsMissing: Bool { false }
  /// Returns itself: it has no paths.
  public func located(in folder: String) -> any DataSource { self }
  /// Returns itself: it has no paths.
  public func relative(to folder: String) -> any DataSource { self }
  /// Returns the names of the features: each is a column of its own.
  public func columns(ofFeatures names: [String]) -> [String] { names }
}

/// A rule that divides samples into a training, a validation and a test part.
public protocol Split: Component {
  /// Whether each class is divided separately, which makes no sense for regression targets.
  var stratify: Bool { get }
  /// Whether samples are assigned at random, so that training samples may be later in time than those of the other parts.
  var isRandom: Bool { get }
  /// Whether no sample is in two parts; otherwise results on the test part do not show how well the network generalizes.
  var isDisjoint: Bool { get }
  /// Returns the samples of each part, by their index in `data`.
  func parts(of data: Dataset) throws -> SplitParts
}

extension Split {
  /// The kind `split`.
  public static var kind: ComponentKind { .split }
  /// False: classes are ignored.
  public var stratify: Bool { false }
  /// False: the order of the samples decides.
  public var isRandom: Bool { false }
  /// True: every sample is in one part.
  public var isDisjoint: Bool { true }
}

/// The indices of the samples in each part; an empty part counts as absent.
public struct SplitParts: Hashable, Sendable {
  /// The samples that the network learns from.
  public var training: [Int]
  /// The samples that decide when to stop.
  public var validation: [Int]
  /// The samples for the final evaluation.
  public var test: [Int]

  /// Creates the three parts.
  public init(training: [Int], validation: [Int] = [], test: [Int] = []) {
    self.training = training
    self.validation = validation
    self.test = test
  }
}
