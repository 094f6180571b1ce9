/// What happens after every epoch: watching, stopping, keeping the best weights.
///
/// A callback's stored properties are its settings; what it notes down while training goes on is excluded from its
/// `CodingKeys`. A resumed training tells every callback its earlier epochs again, so nothing of it needs saving; what a
/// callback wrote for them stands, so it writes nothing while ``TrainingControl/isReplay`` says so.
public protocol Callback: Component {
  /// The files of fixed names that it writes, in the folder of the training; no two callbacks may write the same one.
  var files: [String] { get }
  /// Whether it may write a file of that name, which then nothing else can write; the default goes by ``files``.
  ///
  /// - Parameter file: a path in the folder of the training, in lower case and without `.` and double slashes.
  func writes(_ file: String) -> Bool
  /// The column of the history that it watches; nil if it watches none. A training whose history lacks it is refused.
  var watched: Monitor? { get }
  /// Whether it keeps the weights of epochs for the value that it watches.
  ///
  /// If that is a value of the training part, it is measured anew after each epoch (``Epoch/measured``), as the one in the
  /// history is of the weights as they were while the epoch went on; and the callback is called with an epoch 0, for the weights
  /// from before the first step.
  var keepsWeights: Bool { get }
  /// Refuses a training that the callback cannot serve; `columns` are those that its history will have.
  func checkColumns(_ columns: [String]) throws
  /// Is called when training begins, before the first step and after the earlier epochs of a resumed training: the time to
  /// find out whether files can be written.
  mutating func trainingBegan(control: inout TrainingControl) throws
  /// Is called after each epoch, and may ask for something through `control`.
  mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws
  /// Is called when no more epochs follow.
  mutating func trainingEnded(control: inout TrainingControl) throws
}

extension Callback {
  /// The kind `callback`.
  public static var kind: ComponentKind { .callback }
  /// No files.
  public var files: [String] { [] }
  /// Whether it is one of ``files``, however that is spelled.
  public func writes(_ file: String) -> Bool { files.contains { $0.asFileName == file } }
  /// It watches nothing.
  public var watched: Monitor? { nil }
  /// It keeps no weights.
  public var keepsWeights: Bool { false }
  /// What is watched must be a column.
  public func checkColumns(_ columns: [String]) throws { try watched?.check(Self.name, columns: columns) }
  /// Nothing is to be prepared.
  public mutating func trainingBegan(control: inout TrainingControl) throws {}
  /// Nothing is left to do.
  public mutating func trainingEnded(control: inout TrainingControl) throws {}
}

extension String {
  /// The path as every spelling of it comes out: without `.` and double slashes, and in lower case, as some disks see it.
  var asFileName: String {
    split(separator: "/").filter { $0 != "." }.joined(separator: "/").lowercased()
  }
}
