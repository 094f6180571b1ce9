/// Where samples come from: a generator, or a file.
public protocol DataSource: Component {
  /// Whether features are standardized with the mean and deviation of the training part.
  var standardize: Bool { get }
  /// Whether targets that are numbers are standardized for the network, with the mean and deviation of the training part.
  var standardizeTargets: Bool { get }
  /// Whether features may miss (not be numbers), for which their mean over the training part stands in.
  var fillsMissing: Bool { get }
  /// The samples; with ``standardize``, standardized over all of them.
  func load() throws -> Dataset
  /// The samples as they are before standardization: a ``Preparation`` fits that on their training part.
  func loadUnstandardized() throws -> Dataset
  /// The same source with relative paths, which start from `folder`, made independent of the current folder.
  func located(in folder: String) -> any DataSource
  /// The same source with its paths written as they are seen from `folder`; the reverse of ``located(in:)``.
  func relative(to folder: String) -> any DataSource
}

extension DataSource {
  /// The kind `dataset`.
  public static var kind: ComponentKind { .dataset }
  /// Those of ``load()``.
  public func loadUnstandardized() throws -> Dataset { try load() }
  /// Features stay as they are.
  public var standardize: Bool { false }
  /// Targets stay as they are.
  public var standardizeTargets: Bool { false }
  /// No feature misses.
  public var fillsMissing: Bool { false }
  /// Itself: it has no paths.
  public func located(in folder: String) -> any DataSource { self }
  /// Itself: it has no paths.
  public func relative(to folder: String) -> any DataSource { self }
}

/// How samples are divided into a training, a validation and a test part.
public protocol Split: Component {
  /// Whether every class is divided by itself, which has no meaning for targets that are numbers to be predicted.
  var stratify: Bool { get }
  /// The samples of each part, by their index in `data`.
  func parts(of data: Dataset) throws -> SplitParts
}

extension Split {
  /// The kind `split`.
  public static var kind: ComponentKind { .split }
  /// Classes do not count.
  public var stratify: Bool { false }
}

/// The indices of the samples in each part; an empty part is none at all.
public struct SplitParts: Hashable, Sendable {
  /// What the network learns from.
  public var training: [Int]
  /// What decides when to stop.
  public var validation: [Int]
  /// What is looked at once, in the end.
  public var test: [Int]

  /// The three parts.
  public init(training: [Int], validation: [Int] = [], test: [Int] = []) {
    self.training = training
    self.validation = validation
    self.test = test
  }
}
