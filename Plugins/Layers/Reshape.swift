import GliaCore

/// A layer that reshapes each sample in row-major order: `[6]` becomes `[2, 3]`.
public struct Reshape: Layer {
  public static let name = "reshape"
  public static let summary = "a layer that reshapes each sample"
  public static var examples: [JSON] {
    [["shape": [3, 2]], ["shape": [2, -1]]]
  }
  /// The output shape of one sample; one axis may be -1 and is inferred from the others.
  @Required public var shape: [Int] = []

  /// Creates a layer without a shape; set `shape` before use.
  public init() {}
  /// Creates a layer that reshapes samples, such as `Reshape(2, 3)`; one axis may be -1.
  public init(_ shape: Int...) { self.shape = shape }

  public func validate() throws {
    try require(
      !shape.isEmpty && shape.allSatisfy { $0 > 0 || $0 == -1 } && shape.count { $0 == -1 } <= 1, "shape", shape,
      expected: "axes of at least 1, such as [2, 3]; one of them may be -1")
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    let count = try input.elementCount()
    let known = try shape.filter { $0 > 0 }.elementCount()
    let output = shape.map { $0 > 0 ? $0 : count / known }
    guard try output.elementCount() == count else {
      throw GliaError(
        "cannot reshape samples of shape \(input) to \(shape)", at: "shape", expected: "a shape of \(count) elements")
    }
    return try LayerPlan(output: output)
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.copy(x)
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dx.copy(dy.view)
  }
}
