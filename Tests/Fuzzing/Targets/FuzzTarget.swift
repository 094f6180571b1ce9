import Glia

/// A parser of bytes from outside, which must end in a result or an error whatever they are.
package struct FuzzTarget: Sendable {
  /// The name, which is also that of its folder in `Corpus`.
  package let name: String
  private let parse: @Sendable ([UInt8]) throws -> Void

  private init(_ name: String, _ parse: @escaping @Sendable ([UInt8]) throws -> Void) {
    (self.name, self.parse) = (name, parse)
  }

  /// All targets; a line here and a folder in `Corpus` add one.
  package static let all = [
    FuzzTarget("safetensors", Parsers.safetensors),
    FuzzTarget("model", Parsers.model),
    FuzzTarget("checkpoint", Parsers.checkpoint),
    FuzzTarget("experiment", Parsers.experiment),
    FuzzTarget("set", Parsers.set),
    FuzzTarget("csv", Parsers.csv),
    FuzzTarget("idx", Parsers.idx),
    FuzzTarget("gzip", Parsers.gzip),
    FuzzTarget("onnx", Parsers.onnx),
    FuzzTarget("export", Parsers.export),
    FuzzTarget("weights", Parsers.weights),
  ]

  /// Parses `bytes`, and traps unless that ends in a result or a ``GliaError`` with a message.
  package func run(_ bytes: [UInt8]) {
    do { try parse(bytes) } catch let error as GliaError {
      precondition(!error.what.isEmpty && !error.description.isEmpty, "\(name): an error without a message")
    } catch {
      preconditionFailure("\(name): not a GliaError: \(error)")
    }
  }
}

/// The functions that the targets call.
enum Parsers {}
