/// The environment of a layer in a forward pass: its tensors, under the names of its plan.
public struct ForwardContext: ~Escapable {
  /// The number of samples.
  public let batch: Int
  /// Whether the network is being trained; batch normalization, for one, uses the statistics of the batch only then.
  public let isTraining: Bool
  /// Whether stochastic layers such as dropout draw random numbers: in training, and where predictions are sampled.
  public let isStochastic: Bool
  @usableFromInline let layer: UnsafePointer<PassPlan>
  let key: UInt64
  @usableFromInline let parameterStart: UnsafePointer<Float>
  @usableFromInline let stateStart, savedStart: UnsafeMutablePointer<Float>
  @usableFromInline let report: PassReport

  @_lifetime(immortal)
  init(
    _ layer: UnsafePointer<PassPlan>, batch: Int, isTraining: Bool, isStochastic: Bool, key: UInt64,
    parameters: UnsafePointer<Float>, state: UnsafeMutablePointer<Float>, saved: UnsafeMutablePointer<Float>,
    _ report: PassReport
  ) {
    (self.layer, self.batch, self.key) = (layer, batch, key)
    (self.isTraining, self.isStochastic) = (isTraining, isStochastic)
    (parameterStart, stateStart, savedStart, self.report) = (parameters, state, saved, report)
  }

  /// The layer's plan.
  public var plan: LayerPlan { layer.pointee.owner.takeUnretainedValue() }
  /// The parameters.
  @inlinable
  public var parameters: NamedTensors<Float> {
    @_lifetime(copy self)
    get {
      _overrideLifetime(
        NamedTensors(unsafe: parameterStart, layer.pointee.parameters, batch: batch, report), copying: self)
    }
  }
  /// Non-trainable state, such as running means; to be changed only in training.
  @inlinable
  public var state: MutableNamedTensors<Float> {
    @_lifetime(copy self)
    get {
      _overrideLifetime(
        MutableNamedTensors(unsafe: stateStart, layer.pointee.state, batch: batch, report), copying: self)
    }
  }
  /// The tensors saved for the backward pass, to be written.
  @inlinable
  public var saved: MutableNamedTensors<Float> {
    @_lifetime(copy self)
    get {
      _overrideLifetime(
        MutableNamedTensors(unsafe: savedStart, layer.pointee.saved, batch: batch, report), copying: self)
    }
  }
  /// A random generator for this layer and this step; it starts anew at every access, so keep it in a variable.
  public var random: Random { Random(seed: key) }
}

/// The environment of a layer in a backward pass: inputs and outputs of the forward pass, and its tensors by name.
public struct BackwardContext: ~Escapable {
  /// The number of samples.
  public let batch: Int
  /// Whether the network is being trained, as in the forward pass.
  public let isTraining: Bool
  /// Whether the gradient with respect to the inputs is used; the first layer of a network need not compute it.
  public let needsInputGradient: Bool
  /// The inputs of the forward pass.
  public let x: TensorView<Float>
  /// The outputs of the forward pass.
  public let y: TensorView<Float>
  @usableFromInline let layer: UnsafePointer<PassPlan>
  let key: UInt64
  @usableFromInline let parameterStart: UnsafePointer<Float>
  @usableFromInline let gradientStart, savedStart: UnsafeMutablePointer<Float>
  @usableFromInline let report: PassReport

  @_lifetime(copy x, copy y)
  init(
    _ layer: UnsafePointer<PassPlan>, batch: Int, isTraining: Bool, needsInputGradient: Bool, key: UInt64,
    x: TensorView<Float>,
    y: TensorView<Float>, parameters: UnsafePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    saved: UnsafeMutablePointer<Float>, _ report: PassReport
  ) {
    (self.layer, self.batch, self.isTraining, self.key) = (layer, batch, isTraining, key)
    self.needsInputGradient = needsInputGradient
    self.x = x
    self.y = y
    (parameterStart, gradientStart, savedStart, self.report) = (parameters, gradients, saved, report)
  }

  /// The layer's plan.
  public var plan: LayerPlan { layer.pointee.owner.takeUnretainedValue() }
  /// The parameters.
  @inlinable
  public var parameters: NamedTensors<Float> {
    @_lifetime(copy self)
    get {
      _overrideLifetime(
        NamedTensors(unsafe: parameterStart, layer.pointee.parameters, batch: batch, report), copying: self)
    }
  }
  /// The gradients with respect to the parameters, to be written completely.
  @inlinable
  public var gradients: MutableNamedTensors<Float> {
    @_lifetime(copy self)
    get {
      _overrideLifetime(
        MutableNamedTensors(unsafe: gradientStart, layer.pointee.parameters, batch: batch, report), copying: self)
    }
  }
  /// The tensors saved by the forward pass; they may be overwritten.
  @inlinable
  public var saved: MutableNamedTensors<Float> {
    @_lifetime(copy self)
    get {
      _overrideLifetime(
        MutableNamedTensors(unsafe: savedStart, layer.pointee.saved, batch: batch, report), copying: self)
    }
  }
  /// The generator of the forward pass, from its start at every access.
  public var random: Random { Random(seed: key) }
}
