import Glia
import GliaExchange

extension Parsers {
  /// A whole file; what was read is written and read as the same bytes.
  static func safetensors(_ bytes: [UInt8]) throws {
    let written = try SafeTensors(parsing: bytes).bytes()
    let again = try SafeTensors(parsing: written).bytes()
    precondition(again == written)
  }

  /// A model file, which is used if it can be read; see ``file(of:)``.
  static func model(_ bytes: [UInt8]) throws {
    try withFile(file(of: bytes), "model.safetensors") { path in
      let model = try Model(contentsOf: path, with: .standard)
      _ = try? model.write(to: path)
      try use(model)
    }
  }

  /// A model file that is exported in every form; the ONNX file is imported again.
  static func export(_ bytes: [UInt8]) throws {
    let model = try withFile(file(of: bytes), "model.safetensors") { try Model(contentsOf: $0, with: .standard) }
    guard model.network.parameterCount <= 1 << 12, model.featureCount <= 1 << 8 else { return }
    for write in [Model.cSource, Model.swiftSource] { _ = try tried { try write(model)("name") } }
    _ = try tried { try model.htmlPage() }
    _ = try tried { try TorchWeights(model).file.bytes() }
    guard let onnx = try tried(model.onnx) else { return }
    let again = try ONNXModel(onnx.bytes).bytes
    precondition(again == onnx.bytes)
    _ = try tried { try use(Model(onnx: onnx)) }
  }

  /// Weights for the network of a built-in experiment.
  static func weights(_ bytes: [UInt8]) throws {
    let file = try SafeTensors(parsing: file(of: bytes))
    var network = try Network(input: [2]) {
      Dense(3, activation: .tanh)
      BatchNorm()
      Dense(1, activation: .sigmoid)
    }
    _ = try network.setWeights(file).table
  }

  /// A network of another tool.
  static func onnx(_ bytes: [UInt8]) throws {
    let onnx = try ONNXModel(bytes)
    precondition((try? ONNXModel(onnx.bytes)) != nil)
    try use(Model(onnx: onnx))
  }

  /// Predicts with a model.
  private static func use(_ model: Model) throws {
    let count = model.featureCount
    guard count <= 1 << 12 else { return }
    for value in [0, -1.5, 1e30] as [Float] {
      let x = try Tensor(shape: [1, count], Array(repeating: value, count: count))
      _ = try tried { try model.predict(x) }
    }
  }

  /// Returns nil if `body` throws a ``GliaError``.
  private static func tried<Result>(_ body: () throws -> Result) throws -> Result? {
    do { return try body() } catch is GliaError { return nil }
  }

  /// A checkpoint; see ``file(of:)``.
  static func checkpoint(_ bytes: [UInt8]) throws {
    try withFile(file(of: bytes), "checkpoint.safetensors") { path in
      let checkpoint = try Checkpoint(contentsOf: path, with: .standard)
      try? checkpoint.write(to: path)
    }
  }

  /// The safetensors file of an input that consists of the header, a line break and the numbers. The length of the header is
  /// added here: with it in the input, every insertion into the header would be refused.
  private static func file(of bytes: [UInt8]) -> [UInt8] {
    let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    return withUnsafeBytes(of: UInt64(end).littleEndian, Array.init) + bytes[..<end] + bytes[end...].dropFirst()
  }
}
