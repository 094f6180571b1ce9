/// A rule that divides samples into a training, a validation and a test part.
public protocol Split: Component {
  /// Whether each class is divided separately, which makes no sense for regression targets.
  var stratify: Bool { get }
  /// Whether samples are assigned at random, so that training samples may be later in time than those of the other parts.
  var isRandom: Bool { get }
  /// Whether no sample is in two parts; otherwise results on the test part do not show how well the network generalizes.
  var isDisjoint: Bool { get }
  /// Whether this is one of several splits that together test every sample.
  var isFold: Bool { get }
  /// The columns by which the samples are grouped or ordered; they are loaded with the samples.
  var keys: SplitKeys { get }
  /// The path of a separate file with the test samples, if any.
  var testFile: String? { get }
  /// Returns the same split with relative paths, which start from `folder`, made independent of the current folder.
  func located(in folder: String) -> any Split
  /// Returns the same split with its paths made relative to `folder`; the inverse of ``located(in:)``.
  func relative(to folder: String) -> any Split
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
  /// False: the split stands alone.
  public var isFold: Bool { false }
  /// None: features and targets are not used.
  public var keys: SplitKeys { SplitKeys() }
  /// Nil: all samples are from one source.
  public var testFile: String? { nil }
  /// Returns itself: it has no paths.
  public func located(in folder: String) -> any Split { self }
  /// Returns itself: it has no paths.
  public func relative(to folder: String) -> any Split { self }
}

/// The columns by which a split groups or orders the samples.
public struct SplitKeys: Hashable, Sendable {
  /// Columns whose values name groups of samples that stay together, such as a patient. They are not features: a network would
  /// learn the names.
  public var groups: [String]
  /// Columns by which the samples are ordered, such as a date. They remain features if they are numeric.
  public var order: [String]

  /// Creates the keys of a split.
  public init(groups: [String] = [], order: [String] = []) { (self.groups, self.order) = (groups, order) }

  /// The names of all columns, each once.
  public var names: [String] {
    var seen = Set<String>()
    return (groups + order).filter { seen.insert($0).inserted }
  }
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
