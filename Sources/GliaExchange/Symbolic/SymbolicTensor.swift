import GliaCore

/// A tensor of a computation that is recorded instead of carried out, for export.
///
/// It supports the arithmetic of a `DifferentiableScalar`, so that the formula of an activation or a layer records itself,
/// and the operations of layers. Shapes are those of one sample.
///
/// ```swift
/// extension Scale: ExportableLayer {                           // yⱼ = gainⱼ xⱼ
///   func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
///     try context["gain"] * x
///   }
/// }
/// ```
public struct SymbolicTensor: Sendable {
  enum Storage: Sendable {
    /// A number that belongs to no graph yet.
    case number(Double)
    case node(SymbolicGraph, Int)
  }

  let storage: Storage

  init(_ graph: SymbolicGraph, _ index: Int) { storage = .node(graph, index) }
  /// Creates a constant.
  public init(_ constant: Float) { self.init(Double(constant)) }
  /// Creates a constant in double precision.
  public init(_ constant: Double) { storage = .number(constant) }

  /// Records a constant tensor in `graph`.
  public init(_ values: [Double], shape: [Int], element: SymbolicElement = .float, in graph: SymbolicGraph) {
    if values.count != (try? shape.elementCount()) {
      graph.note("\(values.count) numbers for a constant of shape \(shape)")
    }
    self = graph.append(
      SymbolicNode(operation: .constant(values), shape: shape, element: element, isConstant: true))
  }

  /// Records a constant tensor in `graph`.
  public init(_ tensor: Tensor, in graph: SymbolicGraph) {
    self.init(tensor.values.map(Double.init), shape: tensor.shape, in: graph)
  }

  /// The graph and the index in it; nil for a number that belongs to no graph.
  var place: (graph: SymbolicGraph, index: Int)? {
    if case .node(let graph, let index) = storage { (graph, index) } else { nil }
  }

  /// The operation that computes it; nil for a number that belongs to no graph.
  var node: SymbolicNode? { place.map { $0.graph[$0.index] } }

  /// The shape of one sample, or of a constant; empty for a number.
  public var shape: [Int] { node?.shape ?? [] }

  /// The type of its elements.
  public var element: SymbolicElement { node?.element ?? .float }

  /// Its value if it is one constant number.
  var number: Double? {
    switch storage {
    case .number(let value): value
    case .node(let graph, let index):
      if case .constant(let bits) = graph[index].operation, bits.count == 1 { Double(bitPattern: bits[0]) } else { nil }
    }
  }

  /// Returns the index of the tensor in `graph`, where a number is recorded as a constant.
  func index(in graph: SymbolicGraph, element: SymbolicElement) -> Int {
    switch storage {
    case .node(let own, let index):
      if own !== graph { graph.note("operands of different graphs") }
      return own === graph ? index : 0
    case .number(let value):
      let rounded = element == .float ? Double(Float(value)) : value
      let constant = SymbolicTensor([rounded], shape: [], element: element, in: graph)
      return constant.place?.index ?? 0
    }
  }

  /// Declares that the ONNX operator `name` computes the same from `inputs`, so that it is exported as this operator.
  ///
  /// ```swift
  /// SymbolicTensor.maximum(z, 0).equivalent(to: "Relu", [z])
  /// ```
  public func equivalent(
    to name: String, _ inputs: [SymbolicTensor], _ attributes: [String: ONNXSetting] = [:]
  ) -> SymbolicTensor {
    guard let (graph, index) = place else { return self }
    let indices = inputs.map { $0.index(in: graph, element: .float) }
    // A node with the same inputs as its operator would wait for itself.
    if !indices.contains(where: { $0 >= index }) {
      graph.declare(ONNXOperator(name: name, inputs: indices, attributes: attributes), for: index)
    }
    return self
  }
}
