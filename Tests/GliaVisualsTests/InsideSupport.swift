import GliaCore
import Testing

@testable import GliaVisuals

/// A minimal fully connected layer, so that figures of networks can be tested without plugins.
struct PlainLayer: Layer {
  static let name = "plain"
  var units = 1
  @Part var activation: any Activation = Rectified()

  init() {}
  init(_ units: Int, _ activation: some Activation = Rectified()) {
    (self.units, self.activation) = (units, activation)
  }

  func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(
      output: [units],
      parameters: [ParameterPlan("weight", shape: [units, input.reduce(1, *)]), ParameterPlan("bias", shape: [units])])
  }

  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.formProduct(
      x.reshaped(rows: context.batch), context.parameters["weight"].transposed, adding: context.parameters["bias"])
    y.apply(activation)
  }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    // For rectified units, the outputs contain as much information as the sums.
    dy.pullBack(activation, sums: context.y, outputs: context.y)
    context.gradients["weight"].formProduct(dy.transposed, context.x.reshaped(rows: context.batch))
    context.gradients["bias"].formSum(ofRowsOf: dy.view)
    dx.formProduct(dy.view, context.parameters["weight"])
  }

  func separatingActivation() -> (logits: any Layer, activation: any Activation)? { (self, activation) }
}

/// An identity layer, such as dropout outside of training.
struct SilentLayer: Layer {
  static let name = "silent"
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }
  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.copy(x)
  }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dx.copy(dy.view)
  }
}

/// max(z, 0).
struct Rectified: ElementwiseActivation {
  static let name = "rectified"
  static let summary = "max(z, 0)"
  var range: ClosedRange<Float>? { 0...(.infinity) }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z > 0 ? z : 0 }
}

/// 1 / (1 + e⁻ᶻ).
struct Squashed: ElementwiseActivation {
  static let name = "squashed"
  static let summary = "1 / (1 + e^-z)"
  var range: ClosedRange<Float>? { 0...1 }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .sigmoid(z) }
}

/// (prediction - target)².
struct SquaredError: ElementwiseLoss {
  static let name = "squared_error"
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    (prediction - target) * (prediction - target)
  }
}

/// The 2-2-1 ReLU network that computes exclusive or: h = (x₁ + x₂, x₁ + x₂ - 1), y = h₁ - 2 h₂. An identity layer
/// follows its first layer.
func exclusiveOr() throws -> Network {
  var network = try Network(input: [2], layers: [PlainLayer(2), SilentLayer(), PlainLayer(1)])
  try network.set("layers.0.weight", to: Tensor(shape: [2, 2], [1, 1, 1, 1]))
  try network.set("layers.0.bias", to: Tensor(shape: [2], [0, -1]))
  try network.set("layers.2.weight", to: Tensor(shape: [1, 2], [1, -2]))
  return network
}

/// The four corners of the unit square with their exclusive or.
func corners() throws -> Dataset {
  try Dataset(
    name: "corners", inputs: Tensor(shape: [4, 2], [0, 0, 0, 1, 1, 0, 1, 1]), targets: [Column("y", [0, 1, 1, 0])])
}

extension Figure {
  /// The figure on a small page.
  func shrunk(_ width: Int = 480, _ height: Int = 360, scale: Double = 0.6) -> Self {
    var copy = self
    (copy.page.width, copy.page.height, copy.page.scale) = (width, height, scale)
    return copy
  }

  /// Returns the figure after encoding and decoding.
  func picture() throws -> Picture { try Picture(png().encode()) }
}

extension Picture {
  /// Returns the number of pixels whose red, green, and blue satisfy `isRight`.
  func count(_ isRight: (Int, Int, Int) -> Bool) -> Int {
    stride(from: 0, to: pixels.count, by: 3).count {
      isRight(Int(pixels[$0]), Int(pixels[$0 + 1]), Int(pixels[$0 + 2]))
    }
  }

  /// The number of pixels mostly in the alarm color, including thin lines such as text.
  var alarmed: Int { count { red, green, _ in red - green > 90 } }

  /// Returns the number of pixels close to the color.
  func count(near color: Color) -> Int {
    count { abs($0 - Int(color.red)) + abs($1 - Int(color.green)) + abs($2 - Int(color.blue)) < 12 }
  }
}
