import Glia

extension ONNXTensor {
  /// Returns the tensor with the same elements in another shape of the same count.
  func reshaped(_ shape: [Int]) -> ONNXTensor { ONNXTensor(name, shape: shape, values) }

  /// Returns the elements at `indices`, which must exist.
  func picking(_ indices: [Int], shape: [Int]) -> ONNXTensor {
    switch values {
    case .floats(let numbers): ONNXTensor(name, shape: shape, .floats(indices.map { numbers[$0] }))
    case .doubles(let numbers): ONNXTensor(name, shape: shape, .doubles(indices.map { numbers[$0] }))
    case .ints(let numbers): ONNXTensor(name, shape: shape, .ints(indices.map { numbers[$0] }))
    case .strings(let texts): ONNXTensor(name, shape: shape, .strings(indices.map { texts[$0] }))
    }
  }

  /// The distance of neighbors along every axis.
  static func strides(_ shape: [Int]) -> [Int] {
    var (strides, stride) = ([Int](), 1)
    for length in shape.reversed() {
      strides.append(stride)
      stride *= max(length, 1)
    }
    return strides.reversed()
  }

  /// Returns the elements in the order of a new shape, whose axes step through this tensor by `strides` from `start`.
  func walking(_ shape: [Int], strides: [Int], start: Int = 0) -> ONNXTensor {
    // A long axis next to one of length 0 would be walked for nothing.
    guard !shape.contains(0) else { return picking([], shape: shape) }
    var indices = [start]
    for (length, stride) in zip(shape, strides) {
      indices = indices.flatMap { index in (0..<length).map { index + $0 * stride } }
    }
    return picking(indices, shape: shape)
  }

  /// Returns the tensor with its axes in the order `axes`, which must be a permutation.
  func transposed(_ axes: [Int]) -> ONNXTensor {
    let strides = Self.strides(shape)
    return walking(axes.map { shape[$0] }, strides: axes.map { strides[$0] })
  }

  /// Returns the slices with the given indices along an axis, which must exist.
  func gathering(_ indices: [Int], axis: Int, as new: [Int]) -> ONNXTensor {
    let result = shape[..<axis] + new + shape[(axis + 1)...]
    guard count > 0, !indices.isEmpty else { return picking([], shape: Array(result)) }
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    let places = (0..<outer).flatMap { outer in
      indices.flatMap { index in (0..<inner).map { (outer * shape[axis] + index) * inner + $0 } }
    }
    return picking(places, shape: Array(result))
  }

  /// Returns the tensor repeated along axes of length 1 to fit `shape`; nil if it does not fit.
  func broadcast(to shape: [Int]) -> ONNXTensor? {
    let own = [Int](repeating: 1, count: max(shape.count - self.shape.count, 0)) + self.shape
    guard own.count == shape.count, zip(own, shape).allSatisfy({ $0 == $1 || $0 == 1 }) else { return nil }
    let strides = zip(Self.strides(own), own).map { $1 == 1 ? 0 : $0 }
    return own == shape ? reshaped(shape) : walking(shape, strides: strides)
  }

  /// Returns the common shape of two tensors of an elementwise operation; nil if there is none.
  static func common(_ a: [Int], _ b: [Int]) -> [Int]? {
    let rank = max(a.count, b.count)
    let (a, b) = ([Int](repeating: 1, count: rank - a.count) + a, [Int](repeating: 1, count: rank - b.count) + b)
    let shape = zip(a, b).map { $0 == 1 ? $1 : $0 }
    return zip(shape, zip(a, b)).allSatisfy { ($1.0 == $0 || $1.0 == 1) && ($1.1 == $0 || $1.1 == 1) } ? shape : nil
  }

  /// The texts of the elements, as labels of classes.
  var labels: [String] {
    switch values {
    case .strings(let texts): texts
    case .ints(let numbers): numbers.map { "\($0)" }
    case .floats(let numbers): numbers.map { $0 == $0.rounded() ? "\(Int64(exactly: $0) ?? 0)" : "\($0)" }
    case .doubles(let numbers): numbers.map { "\($0)" }
    }
  }
}
