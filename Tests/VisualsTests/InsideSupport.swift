import GliaCore
import Testing

@testable import GliaVisuals

/// A fully connected layer without anything else, so that figures of networks can be tested without plugins.
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

  func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let inputs = x.count / pass.batch
    for row in 0..<pass.batch {
      for unit in 0..<units {
        var sum = parameters[units * inputs + unit]
        for i in 0..<inputs { sum += parameters[unit * inputs + i] * x[row * inputs + i] }
        y[row * units + unit] = sum
      }
    }
    activation.apply(&y, width: units)
  }

  func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    // Of rectified units the outputs tell as much as the sums.
    activation.pullback(&dy, input: y, output: y, width: units)
    let inputs = x.count / pass.batch
    gradients.update(repeating: 0)
    for i in dx.indices { dx[i] = 0 }
    for row in 0..<pass.batch {
      for unit in 0..<units {
        let slope = dy[row * units + unit]
        gradients[units * inputs + unit] += slope
        for i in 0..<inputs {
          gradients[unit * inputs + i] += slope * x[row * inputs + i]
          if !dx.isEmpty { dx[row * inputs + i] += slope * parameters[unit * inputs + i] }
        }
      }
    }
  }

  func separatingActivation() -> (logits: any Layer, activation: any Activation)? { (self, activation) }
}

/// A layer that leaves everything as it is, as dropout does outside of training.
struct SilentLayer: Layer {
  static let name = "silent"
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }
  func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    for i in x.indices { y[i] = x[i] }
  }
  func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    for i in dx.indices { dx[i] = dy[i] }
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

/// The 2-2-1 network with ReLU that computes exclusive or: h = (x₁ + x₂, x₁ + x₂ - 1), y = h₁ - 2 h₂; its first layer is
/// followed by one that does nothing.
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

  /// The figure after a trip through a file.
  func picture() throws -> Picture { try Picture(png().encode()) }
}

extension Picture {
  /// How many pixels `isRight` holds for, told red, green and blue.
  func count(_ isRight: (Int, Int, Int) -> Bool) -> Int {
    stride(from: 0, to: pixels.count, by: 3).count {
      isRight(Int(pixels[$0]), Int(pixels[$0 + 1]), Int(pixels[$0 + 2]))
    }
  }

  /// How many pixels are mostly of the colour of alarms, in lines as thin as those of text.
  var alarmed: Int { count { red, green, _ in red - green > 90 } }

  /// How many pixels have nearly the colour.
  func count(near color: Color) -> Int {
    count { abs($0 - Int(color.red)) + abs($1 - Int(color.green)) + abs($2 - Int(color.blue)) < 12 }
  }
}
