/// What happens after every epoch: watching, stopping, keeping the best weights.
///
/// A callback's stored properties are its settings; what it notes down while training goes on is excluded from its
/// `CodingKeys`. A resumed training tells every callback its earlier epochs again, so nothing of it needs saving.
public protocol Callback: Component {
  /// Refuses a training that the callback cannot serve; `columns` are those that its history will have.
  func check(columns: [String]) throws
  /// Is told each finished epoch, and may ask for something through `control`.
  mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws
  /// Is told that no more epochs follow.
  mutating func trainingEnded(control: inout TrainingControl) throws
}

extension Callback {
  /// The kind `callback`.
  public static var kind: ComponentKind { .callback }
  /// Every training is accepted.
  public func check(columns: [String]) throws {}
  /// Nothing is left to do.
  public mutating func trainingEnded(control: inout TrainingControl) throws {}
}
