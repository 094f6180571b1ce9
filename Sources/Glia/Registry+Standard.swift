extension Registry {
  /// A registry with all of Glia's components.
  ///
  /// ```swift
  /// var registry = Registry.standard
  /// try registry.register(MySwish.self)
  /// ```
  public static let standard: Registry = {
    do {
      var registry = Registry()
      registry.declareSearchKinds()
      for type in standardComponents { try registry.register(type) }
      registry.declare((any Split).self, as: .split, defaultName: RandomSplit.name)
      registry.declare((any Layer).self, as: .layer, defaultName: Sequential.name)
      return registry
    } catch {
      preconditionFailure("two of Glia's own components share a name: \(error)")
    }
  }()

  private static let standardComponents: [any Component.Type] =
    activations + losses + initializers + optimizers + transforms + regularizers + constraints + augmentations + layers
    + schedules + metrics + callbacks + datasets + splits + preprocessors + searchStrategies + pruners

  private static let activations: [any Component.Type] = [
    Linear.self, Heaviside.self, Sign.self, PiecewiseLinear.self, Sigmoid.self, Tanh.self, Arctan.self, Softsign.self,
    HardSigmoid.self, HardTanh.self, LogSigmoid.self, ReLU.self, ReLU6.self, LeakyReLU.self, ELU.self, SELU.self,
    CELU.self, GELU.self, SiLU.self, Mish.self, HardSiLU.self, Softplus.self, Squareplus.self, Exponential.self,
    Softmax.self, LogSoftmax.self, Sparsemax.self,
  ]

  private static let losses: [any Component.Type] = [
    MeanSquaredError.self, HalfSquaredError.self, MeanAbsoluteError.self, MeanSquaredLogarithmicError.self,
    MeanAbsolutePercentageError.self, HuberLoss.self, LogCoshLoss.self, QuantileLoss.self, PoissonLoss.self,
    CosineSimilarityLoss.self, KLDivergence.self, BinaryCrossentropy.self, FocalLoss.self, CategoricalCrossentropy.self,
    SparseCategoricalCrossentropy.self, OneVsAllCrossentropy.self, LogisticLoss.self, PerceptronLoss.self,
    HingeLoss.self, SquaredHingeLoss.self, CategoricalHingeLoss.self, GaussianNegativeLogLikelihood.self,
    TweedieLoss.self, ExpectileLoss.self, DiceLoss.self,
  ]

  private static let initializers: [any Component.Type] = [
    Zeros.self, Ones.self, ConstantInitializer.self, IdentityInitializer.self, RandomNormal.self, RandomUniform.self,
    TruncatedNormal.self, GlorotUniform.self, GlorotNormal.self, HeUniform.self, HeNormal.self, LeCunUniform.self,
    LeCunNormal.self, FanInUniform.self, VarianceScaling.self, OrthogonalInitializer.self, SparseInitializer.self,
  ]

  private static let optimizers: [any Component.Type] = [
    SGD.self, Momentum.self, Nesterov.self, AdaGrad.self, RMSProp.self, AdaDelta.self, Adam.self, AMSGrad.self,
    AdamW.self, AdaMax.self, NAdam.self, RAdam.self, Lion.self, LAMB.self, RProp.self, AdaBelief.self, AdEMAMix.self,
    ADOPT.self, ScheduleFreeSGD.self, ScheduleFreeAdamW.self, Prodigy.self, Adafactor.self, Muon.self, SAM.self,
    LBFGS.self, ConjugateGradient.self, LevenbergMarquardt.self, BayesianRegularization.self,
  ]

  private static let transforms: [any Component.Type] = [
    ClipByValue.self, ClipByNorm.self, ClipByGlobalNorm.self, WeightDecay.self, GradientNoise.self, WeightNoise.self,
    Accumulation.self, Lookahead.self, ExponentialAverage.self,
  ]

  private static let constraints: [any Component.Type] = [MaxNorm.self, UnitNorm.self, NonNegative.self]

  private static let augmentations: [any Component.Type] = [Noise.self, Mixup.self]

  private static let regularizers: [any Component.Type] = [
    L1.self, L2.self, ElasticNet.self, WeightElimination.self, GroupLasso.self, OrthogonalRegularizer.self,
  ]

  private static let layers: [any Component.Type] = [
    Dense.self, MaskedDense.self, Maxout.self, RadialBasis.self, Highway.self, RosenbrockLayer.self, Embedding.self,
    EntityEmbedding.self, ActivationLayer.self, PReLU.self, BatchNorm.self, LayerNorm.self, RMSNorm.self, Dropout.self,
    AlphaDropout.self, GaussianNoise.self, Flatten.self, Reshape.self, Sequential.self, Residual.self, Parallel.self,
    Repeated.self,
  ]

  private static let preprocessors: [any Component.Type] = [
    StandardScaling.self, MinMaxScaling.self, RobustScaling.self, QuantileTransform.self, LogTransform.self,
    PolynomialFeatures.self, Binning.self, Imputation.self, MissingIndicator.self, OneHotEncoding.self,
    CategoryEmbedding.self,
  ]

  private static let schedules: [any Component.Type] = [
    ConstantSchedule.self, StepSchedule.self, PiecewiseSchedule.self, ExponentialSchedule.self,
    InverseTimeSchedule.self, PolynomialSchedule.self, CosineSchedule.self, CosineRestartsSchedule.self,
    WarmupSchedule.self, OneCycleSchedule.self, ReduceOnPlateau.self,
  ]

  private static let metrics: [any Component.Type] = [
    Accuracy.self, BalancedAccuracy.self, TopKAccuracy.self, Precision.self, Recall.self, F1Score.self, ROCAUC.self,
    LogLoss.self, ConfusionMatrix.self, MeanAbsoluteErrorMetric.self, MeanSquaredErrorMetric.self,
    RootMeanSquaredError.self, R2Score.self, ExplainedVariance.self, MatthewsCorrelation.self, CohenKappa.self,
    BrierScore.self, ExpectedCalibrationError.self, AveragePrecision.self, FBeta.self, Jaccard.self, Hamming.self,
    MeanAbsolutePercentageErrorMetric.self, MedianAbsoluteError.self, MaxError.self, Pinball.self, D2.self,
  ]

  private static let callbacks: [any Component.Type] = [
    EarlyStopping.self, TargetReached.self, TimeLimit.self, Checkpoints.self, CSVLog.self, LayerStatistics.self,
  ]

  private static let datasets: [any Component.Type] = [
    Moons.self, Circles.self, Spirals.self, XOR.self, Blobs.self, SineCurve.self, SincCurve.self, PolynomialCurve.self,
    StepCurve.self, PlaneSurface.self, HillsSurface.self, Checkerboard.self, GaussianQuantiles.self,
    Reconstruction.self, RosenbrockData.self, LinearlySeparable.self, TwoSpirals.self, SwissRoll.self, Friedman1.self,
    Friedman2.self, Friedman3.self, LinearFunction.self, CSV.self, IDX.self, IllConditioned.self, Digits.self,
    MNIST1D.self,
  ]

  private static let splits: [any Component.Type] = [
    RandomSplit.self, KFoldSplit.self, LeaveOneOutSplit.self, SameSplit.self,
  ]

  private static let searchStrategies: [any Component.Type] = [
    BayesianSearch.self, TPESearch.self, SobolSearch.self, RandomSearch.self, GridSearch.self,
  ]

  private static let pruners: [any Component.Type] = [
    MedianPruner.self, SuccessiveHalvingPruner.self, HyperbandPruner.self,
  ]
}
