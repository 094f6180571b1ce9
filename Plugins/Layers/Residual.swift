import GliaCore
import GliaKernels

/// Layers with a way around them: y = x + F(x), where F gives the shape that it gets.
///
/// Parameters: those of the layers, as `layers.0.weight` and so on.
///
/// Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition" (2016).
public struct Residual: Layer {
  public static let name = "residual"
  public static let summary = "layers with a way around them: x + F(x)"
  public static let requiredSettings = ["layers"]
  /// The layers of F, in order; must be given.
  @Part public var layers: [any Layer] = []

  /// Layers that are still to be given.
  public init() {}
  /// The layers that the block lists.
  public init(@NetworkBuilder _ layers: () throws -> [any Layer]) rethrows { self.layers = try layers() }

  public func validate() throws { try requireSome(layers, "layers") }

  public func plan(input: [Int]) throws -> LayerPlan {
    let stack = try LayerStack.plan(layers, input: input)
    guard stack.output == input else {
      throw GliaError(
        "a residual gets samples of shape \(input), and its layers make \(stack.output) of them", at: "layers",
        expected: "equal shapes, so that they can be added", remedy: "change the last layer")
    }
    // Beside the stack's memory F(x), and dy for the way around.
    return try LayerPlan(
      output: input, memoryPerSample: [[stack.memoryPerSample], [2, stack.outputCount]].totalCount(),
      memory: stack.memory, children: [stack], label: "")
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let pass = pass.child(0)
    let inner = pass.plan.memory(batch: pass.batch)
    guard let base = memory.address, let to = y.address else { return }
    var kept = MutableSpan(_unsafeStart: base, count: inner)
    var output = MutableSpan(_unsafeStart: base + inner, count: y.count)
    LayerStack.forward(layers, x, into: &output, parameters: parameters, state: &state, memory: &kept, pass: pass)
    y.copy(x)
    glia_axpy(y.count, 1, base + inner, to)
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let pass = pass.child(0)
    let inner = pass.plan.memory(batch: pass.batch)
    guard let base = memory.address, let upper = dy.address else { return }
    let around = base + inner + dy.count
    around.update(from: upper, count: dy.count)
    var kept = MutableSpan(_unsafeStart: base, count: inner)
    LayerStack.backward(
      layers, &dy, into: &dx, x: x, y: Span(_unsafeStart: base + inner, count: y.count), parameters: parameters,
      gradients: &gradients, memory: &kept, pass: pass)
    if !dx.isEmpty, let dx = dx.address { glia_axpy(y.count, 1, around, dx) }
  }

  public func check(_ samples: Tensor) throws {
    try GliaError.locating("layers.0") { try layers.first?.check(samples) }
  }

  public func warnings(input: [Int], batch: Int) -> [String] { layers.warnings(input: input, batch: batch) }

  public func resolved() -> any Layer {
    var full = self
    full.layers = layers.map { $0.resolved() }
    return full
  }

  public var detail: String { layers.count.counting("layer", "layers") }
}
