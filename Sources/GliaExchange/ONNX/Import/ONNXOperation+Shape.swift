import Glia

extension ONNXOperation {
  /// Returns the shape that Reshape, Flatten, Squeeze or Unsqueeze gives a value; 0 is the unknown number of samples.
  func reshaped(_ shape: [Int]) throws -> [Int] {
    switch name {
    case "Flatten":
      let axis = try int("axis", 1) == shape.count ? shape.count : axis(int("axis", 1), of: shape.count)
      return [shape[..<axis], shape[axis...]].map { $0.reduce(1, *) }
    case "Squeeze":
      let rank = shape.count
      guard let axes = try ints("axes", orInput: 1) else { return shape.filter { $0 != 1 } }
      let removed = Set(try axes.map { try axis($0, of: rank) })
      guard removed.allSatisfy({ shape.indices.contains($0) && shape[$0] == 1 }) else {
        throw failure("axes \(axes.prefix(8)) of the shape \(shape)", expected: "axes of length 1")
      }
      return shape.indices.filter { !removed.contains($0) }.map { shape[$0] }
    case "Unsqueeze":
      let axes = try ints("axes", orInput: 1) ?? []
      let rank = shape.count + axes.count
      let added = Set(try axes.map { try axis($0, of: rank) })
      guard added.count == axes.count, rank <= 16 else {
        throw failure("axes \(axes.prefix(8))", expected: "each axis once")
      }
      var rest = shape[...]
      return (0..<rank).map { added.contains($0) ? 1 : rest.removeFirst() }
    default: return try reshaped(shape, to: ints("shape", orInput: 1) ?? [])
    }
  }

  /// Returns the shape `wanted` with 0 replaced by the length of the same axis and -1 by what is left.
  private func reshaped(_ shape: [Int], to wanted: [Int]) throws -> [Int] {
    guard wanted.count <= 16, wanted.allSatisfy({ $0 >= -1 }), wanted.count(where: { $0 == -1 }) <= 1 else {
      throw failure("the shape \(wanted.prefix(8))", expected: "lengths, one of which may be -1")
    }
    var result = wanted.enumerated().map { index, length in
      length == 0 && int("allowzero") == 0 && shape.indices.contains(index) ? shape[index] : length
    }
    // The unknown number of samples stays out of the count; a model exported for one sample takes any number.
    let isBatch = shape.first == 0
    if isBatch, result.first == 1 { result[0] = 0 }
    guard let open = result.firstIndex(of: -1) else { return result }
    let known = try result.enumerated().filter { $0.offset != open && !(isBatch && $0.element == 0) }
      .map(\.element).elementCount()
    let count = try (isBatch ? Array(shape.dropFirst()) : shape).elementCount()
    if isBatch, open == 0 || !result.contains(0) {
      result[open] = open == 0 && known == count ? 0 : -1
    } else {
      guard known > 0, count % known == 0 else { throw failure("the shape \(wanted)", expected: "\(count) elements") }
      result[open] = count / known
    }
    return result
  }
}
