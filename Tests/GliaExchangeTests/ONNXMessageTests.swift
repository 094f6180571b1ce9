import Glia
import Testing

@testable import GliaExchange

/// The bytes of ONNX files.
@Suite struct ONNXMessageTests {
  /// y = x W + b for one feature, with a name and a property.
  private static var model: ONNXModel {
    var model = ONNXModel()
    model.operatorSets = [.init(version: 17), .init(domain: "ai.onnx.ml", version: 3)]
    (model.producerName, model.producerVersion, model.domain) = ("glia", "1", "example")
    (model.modelVersion, model.documentation) = (-2, "text")
    model.metadata = ["glia.columns": "[\"α\"]", "empty": ""]
    model.graph.name = "g"
    model.graph.nodes = [
      ONNXNode(
        "Gemm", ["x", "w", ""], ["y"], name: "n", domain: "d",
        attributes: [
          .init("alpha", .float(0.5)), .init("transB", .int(-1)), .init("s", .string("t")),
          .init("f", .floats([1, 2])),
          .init("i", .ints([3, -4])), .init("l", .strings(["a", ""])), .init("none", .ints([])),
          .init("t", .tensor(ONNXTensor(shape: [], .floats([7])))),
        ])
    ]
    model.graph.initializers = [
      ONNXTensor("w", shape: [1, 2], .floats([1.5, -2])), ONNXTensor("d", shape: [1], .doubles([1e300])),
      ONNXTensor("i", shape: [2], .ints([.min, .max])), ONNXTensor("s", shape: [1], .strings(["ü"])),
      ONNXTensor("none", shape: [0], .floats([])),
    ]
    model.graph.inputs = [ONNXValueInfo("x", type: .float, shape: [.named("batch"), .length(1), .unknown])]
    model.graph.outputs = [ONNXValueInfo("y", type: .double, shape: nil)]
    model.graph.values = [ONNXValueInfo("z", type: .int64, shape: [])]
    return model
  }

  @Test func modelsAreReadAsTheyWereWritten() throws {
    #expect(try ONNXModel(Self.model.bytes) == Self.model)
  }

  @Test func numbersHaveTheBytesOfTheFormat() throws {
    var writer = ProtobufWriter()
    writer.write(300 as Int64, as: 1)
    writer.write("hi", as: 2)
    writer.write(1 as Float, as: 16)
    #expect(
      writer.bytes == [0x08, 0xAC, 0x02, 0x12, 0x02, 0x68, 0x69, 0x85, 0x01, 0x00, 0x00, 0x80, 0x3F])
    var negative = ProtobufWriter()
    negative.write(-1 as Int64, as: 1)
    #expect(negative.bytes == [0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x01])
    var reader = ProtobufReader(negative.bytes[...])
    #expect(try reader.next()?.int() == -1)
    #expect(try reader.next() == nil)
  }

  @Test func unknownFieldsAndGroupsAreSkipped() throws {
    // Field 100 in all wire types: a number, 8 bytes, 4 bytes, text, and a group with a group in it.
    let unknown: [UInt8] =
      [0xA0, 0x06, 0x05] + [0xA1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8] + [0xA5, 0x06, 1, 2, 3, 4] + [0xA2, 0x06, 0x01, 0x41]
      + [0xA3, 0x06, 0xA3, 0x06, 0x08, 0x01, 0xA4, 0x06, 0xA4, 0x06]
    #expect(try ONNXModel(unknown + Self.model.bytes) == Self.model)
    #expect(throws: GliaError.self) { try ONNXModel(Self.model.bytes + [0xA4, 0x06]) }
    #expect(throws: GliaError.self) { try ONNXModel(Self.model.bytes + [0xA3, 0x06]) }
  }

  /// float_data, int32_data and so on instead of raw bytes, packed and not.
  @Test func elementsMayBeStoredInTypedFields() throws {
    func tensor(_ bytes: [UInt8]) throws -> ONNXTensor { try ONNXTensorFields(bytes[...]).tensor() }
    let packed: [UInt8] = [0x08, 0x01, 0x10, 0x01, 0x22, 0x04, 0, 0, 0x80, 0x3F]
    let single: [UInt8] = [0x0A, 0x01, 0x01, 0x10, 0x01, 0x25, 0, 0, 0x80, 0x3F]
    #expect(try tensor(packed).values == .floats([1]))
    #expect(try tensor(single) == tensor(packed))
    // float16 1.5 is 0x3E00 in int32_data; bfloat16 1.5 is 0x3FC0 in raw_data.
    #expect(try tensor([0x08, 0x01, 0x10, 0x0A, 0x2A, 0x02, 0x80, 0x7C]).values == .floats([1.5]))
    #expect(try tensor([0x08, 0x01, 0x10, 0x10, 0x4A, 0x02, 0xC0, 0x3F]).values == .floats([1.5]))
    #expect(try tensor([0x08, 0x02, 0x10, 0x03, 0x4A, 0x02, 0xFF, 0x02]).values == .ints([-1, 2]))
    #expect(try tensor([0x08, 0x01, 0x10, 0x0B, 0x52, 0x08, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F]).values == .doubles([1]))
  }

  @Test func tensorsThatAreIncompleteAreErrors() throws {
    func message(_ bytes: [UInt8]) -> String {
      do { return "\(try ONNXTensorFields(bytes[...]).tensor())" } catch { return "\(error)" }
    }
    #expect(message([0x08, 0x02, 0x10, 0x01, 0x4A, 0x04, 0, 0, 0x80, 0x3F]).contains("1 elements for the shape [2]"))
    #expect(message([0x08, 0x01, 0x10, 0x01, 0x4A, 0x03, 0, 0, 0x80]).contains("3 bytes"))
    #expect(message([0x08, 0x01, 0x10, 0x0E]).contains("elements of type 14 are not supported"))
    #expect(message([0x08, 0x01, 0x10, 0x01, 0x70, 0x01]).contains("its numbers are in another file"))
    // 2^62 × 2^62 elements.
    let huge: [UInt8] = [0x08] + [UInt8](repeating: 0x80, count: 8) + [0x40]
    #expect(message(huge + huge + [0x10, 0x01]).contains("is invalid"))
  }

  @Test func truncatedAndChangedFilesNeverTrap() throws {
    let bytes = Self.model.bytes
    for length in 0..<bytes.count { _ = try? Model(onnx: ONNXModel(Array(bytes.prefix(length)))) }
    for index in bytes.indices {
      for byte in [0x00, 0x7F, 0x80, 0xFF] as [UInt8] {
        var changed = bytes
        changed[index] = byte
        _ = try? Model(onnx: ONNXModel(changed))
      }
    }
    #expect(throws: GliaError.self) { try ONNXModel([]) }
    #expect(throws: GliaError.self) { try ONNXModel([UInt8](repeating: 0xFF, count: 100)) }
  }
}
