/// What happens after every epoch: watching, stopping, keeping the best weights.
///
/// A callback's stored properties are its settings; what it notes down while training goes on is excluded from its
/// `CodingKeys`. A resumed training tells every callback its earlier epochs again, so nothing of it needs saving; what a
/// callback wrote for them stands, so it writes nothing while ``TrainingControl/isReplay`` says so.
public protocol Callback: Component {
  /// The files of fixed names that it writes, in the folder of the training; no two callbacks may write the same one.
  var files: [String] { get }
  /// Refuses a training that the callback cannot serve; `columns` are those that its history will have.
  func check(columns: [String]) throws
  /// Is told that training begins, before the first step and after the earlier epochs of a resumed training: the time to
  /// find out whether files can be written.
  mutating func trainingBegan(control: inout TrainingControl) throws
  /// Is told each finished epoch, and may ask for something through `control`.
  mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws
  /// Is told that no more epochs follow.
  mutating func trainingEnded(control: inout TrainingControl) throws
}

extension Callback {
  /// The kind `callback`.
  public static var kind: ComponentKind { .callback }
  /// No files.
  public var files: [String] { [] }
  /// Every training is accepted.
  public func check(columns: [String]) throws {}
  /// Nothing is to be prepared.
  public mutating func trainingBegan(control: inout TrainingControl) throws {}
  /// Nothing is left to do.
  public mutating func trainingEnded(control: inout TrainingControl) throws {}
}
