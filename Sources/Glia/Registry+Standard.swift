extension Registry {
  /// All components that Glia has.
  ///
  /// ```swift
  /// var registry = Registry.standard
  /// try registry.register(MySwish.self)
  /// ```
  public static let standard: Registry = {
    do {
      var registry = Registry()
      for type in standardComponents { try registry.register(type) }
      registry.declare((any Split).self, as: .split, defaultName: RandomSplit.name)
      return registry
    } catch {
      preconditionFailure("two of Glia's own components share a name: \(error)")
    }
  }()

  private static let standardComponents: [any Component.Type] = [
    Linear.self, Sigmoid.self, Tanh.self, ReLU.self, LeakyReLU.self, ELU.self, GELU.self, Softmax.self,
    MeanSquaredError.self, HalfSquaredError.self, BinaryCrossentropy.self, CategoricalCrossentropy.self,
    SparseCategoricalCrossentropy.self,
    Zeros.self, ConstantInitializer.self, RandomNormal.self, RandomUniform.self, GlorotUniform.self,
    GlorotNormal.self, HeUniform.self, HeNormal.self,
    SGD.self, Momentum.self, Nesterov.self, RMSProp.self, Adam.self,
    L1.self, L2.self,
    Dense.self, Dropout.self, ActivationLayer.self,
    ConstantSchedule.self, ExponentialSchedule.self,
    Accuracy.self, MeanAbsoluteErrorMetric.self,
    EarlyStopping.self,
    Moons.self, Circles.self, Spirals.self, XOR.self, Blobs.self, SineCurve.self, SincCurve.self, PolynomialCurve.self,
    StepCurve.self, PlaneSurface.self, HillsSurface.self, CSV.self,
    RandomSplit.self, SameSplit.self,
  ]
}
