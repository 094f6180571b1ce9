import Glia

/// A module of a PyTorch `nn.Sequential`.
struct TorchModule: Sendable {
  /// The expression that creates it, such as `nn.Linear(2, 4)`.
  let python: String
  /// Its tensors, as PyTorch names them.
  var tensors: [(name: String, tensor: Tensor)] = []
  /// What differs from the layer.
  var note: String?

  init(_ python: String, _ tensors: [(name: String, tensor: Tensor)] = [], note: String? = nil) {
    (self.python, self.tensors, self.note) = (python, tensors, note)
  }

  /// Creates the activation function of torch.nn with the same formula; nil if there is none.
  init?(_ activation: any Activation) {
    let python: String? =
      switch activation {
      case let celu as CELU: "CELU(\(celu.alpha))"
      case let elu as ELU: "ELU(\(elu.alpha))"
      case let gelu as GELU: gelu.approximate ? "GELU(approximate=\"tanh\")" : "GELU()"
      case is HardSigmoid: "Hardsigmoid()"
      case is HardSiLU: "Hardswish()"
      case is HardTanh: "Hardtanh()"
      case let leaky as LeakyReLU: "LeakyReLU(\(leaky.negativeSlope))"
      case is Linear: "Identity()"
      case is LogSigmoid: "LogSigmoid()"
      case is LogSoftmax: "LogSoftmax(dim=-1)"
      case is Mish: "Mish()"
      case is ReLU: "ReLU()"
      case is ReLU6: "ReLU6()"
      case is SELU: "SELU()"
      case is Sigmoid: "Sigmoid()"
      case is SiLU: "SiLU()"
      case let softmax as Softmax where softmax.temperature == 1: "Softmax(dim=-1)"
      case is Softplus: "Softplus()"
      case is Softsign: "Softsign()"
      case is Tanh: "Tanh()"
      default: nil
      }
    guard let python else { return nil }
    self.init("nn.\(python)")
  }
}
