/// The tensors that a weight decay applies to, a setting of every optimizer and transform with such a decay.
public enum DecayedTensors: String, Choice {
  /// All tensors, including biases.
  case all
  /// Tensors of two or more axes: not biases and the scales and shifts of norms, which have one.
  case weights

  /// Whether a tensor with this number of axes decays.
  public func contains(axisCount: Int) -> Bool { self == .all || axisCount > 1 }
}
