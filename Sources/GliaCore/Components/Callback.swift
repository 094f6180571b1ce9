/// An action performed after every epoch, such as logging, early stopping, or saving the best weights.
///
/// A callback's stored properties are its settings; the state that it builds up during training is excluded from its
/// `CodingKeys`. A resumed training replays its earlier epochs to every callback, so this state need not be saved; what a
/// callback wrote for those epochs still exists, so it writes nothing while ``TrainingControl/isReplay`` is true.
public protocol Callback: Component {
  /// The fixed names of the files that it writes to the training's folder; no two callbacks may write the same file.
  var files: [String] { get }
  /// Returns whether it may write the named file, which nothing else may then write; by default, whether it is one of
  /// ``files``.
  ///
  /// - Parameter file: a path in the folder of the training, in lower case and without `.` and double slashes.
  func writes(_ file: String) -> Bool
  /// The history column that it monitors; nil if none. Training throws if its history lacks this column.
  var watched: Monitor? { get }
  /// Whether it saves the weights of epochs based on the monitored value.
  ///
  /// If that is a value of the training part, it is measured again after each epoch (``Epoch/measured``), because the one in
  /// the history was measured while the weights changed; and the callback is also called with an epoch 0, for the weights
  /// before the first step.
  var keepsWeights: Bool { get }
  /// Throws if the callback cannot be used in a training whose history has these `columns`.
  func checkColumns(_ columns: [String]) throws
  /// Called when training begins, before the first step and after the earlier epochs of a resumed training; the place to check
  /// whether files can be written.
  mutating func trainingBegan(control: inout TrainingControl) throws
  /// Called after each epoch; may make requests through `control`.
  mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws
  /// Called after the last epoch.
  mutating func trainingEnded(control: inout TrainingControl) throws
}

extension Callback {
  /// The kind `callback`.
  public static var kind: ComponentKind { .callback }
  /// Empty: no files.
  public var files: [String] { [] }
  /// Returns whether the file is one of ``files``, however it is spelled.
  public func writes(_ file: String) -> Bool { files.contains { $0.asFileName == file } }
  /// Nil: it monitors nothing.
  public var watched: Monitor? { nil }
  /// False: it saves no weights.
  public var keepsWeights: Bool { false }
  /// Throws if the monitored column does not exist.
  public func checkColumns(_ columns: [String]) throws { try watched?.check(Self.name, columns: columns) }
  /// Does nothing.
  public mutating func trainingBegan(control: inout TrainingControl) throws {}
  /// Does nothing.
  public mutating func trainingEnded(control: inout TrainingControl) throws {}
}

extension String {
  /// The path in a canonical spelling: without `.` and double slashes, and in lower case, because some file systems ignore
  /// case.
  var asFileName: String {
    split(separator: "/").filter { $0 != "." }.joined(separator: "/").lowercased()
  }
}
