import Glia

extension Network {
  /// Sets all tensors to those of a safetensors file: of a model or checkpoint of Glia, or of a network with the same layers in
  /// PyTorch, Keras or Flax; see ``WeightAssignment``.
  ///
  /// float64, float16 and bfloat16 are converted to float32. PyTorch's `num_batches_tracked`, Keras's states of random generators,
  /// and what Glia's files contain besides the layers are ignored.
  ///
  /// - Returns: which tensor was taken for which.
  /// - Throws: `GliaError` that lists the tensors that do not fit; of the category `missingInput` if the file cannot be read.
  @discardableResult
  public mutating func setWeights(fromFile path: String) throws -> WeightAssignment {
    let file = try SafeTensors(contentsOf: path) { name in
      ["input.", "target.", "training."].contains { name.hasPrefix($0) }
        || ["num_batches_tracked", "seed_generator_state"].contains { name.hasSuffix($0) }
    }
    do {
      return try setWeights(file)
    } catch var error as GliaError {
      error.place = [path.visible(limit: 4096), error.place].compactMap(\.self).joined(separator: ": ")
      throw error
    }
  }

  /// Sets all tensors to those of a file; see ``setWeights(fromFile:)``.
  @discardableResult
  public mutating func setWeights(_ file: SafeTensors) throws -> WeightAssignment {
    let assignment = try WeightAssignment(of: file, to: self)
    try setAll(
      assignment.pairs.compactMap { pair in
        guard let tensor = file.tensors[pair.source] else { return nil }
        return (pair.name, pair.isTransposed ? try tensor.transposed() : tensor)
      })
    return assignment
  }
}

extension Tensor {
  /// Returns the transposed matrix.
  fileprivate func transposed() throws -> Tensor {
    let columns = width
    return try Tensor(
      shape: shape.reversed(), (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } })
  }
}

extension WeightAssignment {
  /// A table with a line for each tensor, at most 20.
  public var table: String {
    let limit = 20
    let rows = pairs.prefix(limit).map { pair in
      [pair.name, pair.source.excerpt, "\(pair.shape)" + (pair.isTransposed ? ", transposed" : "")]
    }
    return TextTable(header: ["network", "file", "shape"], alignment: [], rows: rows).description
      + (pairs.count > limit ? "\n… and \(pairs.count - limit) more" : "")
  }
}
