import Glia
import RealModule

/// Computes operations whose inputs are all constants, such as transposed weights and shapes.
struct ConstantFolding {
  let budget: ImportBudget

  /// Returns the result of an operation; nil if it is not among those that are computed here.
  func result(of operation: ONNXOperation) throws -> ONNXTensor? {
    if operation.name == "Constant" { return try Self.constant(operation) }
    var inputs: [ONNXTensor] = []
    for case let input? in operation.inputs {
      guard case .constant(let tensor) = input else { return nil }
      inputs.append(tensor)
    }
    guard let first = inputs.first else { return nil }
    switch operation.name {
    case "Identity", "Dropout": return first
    case "Cast", "CastLike": return Self.cast(first, operation)
    case "Shape": return ONNXTensor(shape: [first.shape.count], .ints(first.shape.map { Int64($0) }))
    case "Transpose": return try Self.transpose(first, operation)
    case "Reshape", "Flatten", "Squeeze", "Unsqueeze": return try Self.reshape(first, operation)
    case "Concat": return try Self.concatenate(inputs, operation)
    case "Gather": return try gather(first, operation)
    case "Slice": return try slice(first, operation)
    case "Expand", "ConstantOfShape": return try expand(first, operation)
    case "Neg", "Abs": if let ints = first.values.ints { return Self.integers(ints, first.shape, operation) }
    default: break
    }
    if let combination = ONNXFlow.Combination(operator: operation.name) {
      return try inputs.dropFirst().reduce(first as ONNXTensor?) { result, next in
        try result.flatMap { try combine($0, next, combination, operation) }
      }
    }
    guard inputs.count == 1, let function = ScalarFunctions.function(operation), let numbers = first.values.numbers
    else { return nil }
    return ONNXTensor(shape: first.shape, .doubles(numbers.map(function.callAsFunction)))
  }

  /// Negated or absolute whole numbers; nil if one of them is too large.
  private static func integers(_ ints: [Int64], _ shape: [Int], _ operation: ONNXOperation) -> ONNXTensor? {
    let results = ints.compactMap { number -> Int64? in
      if operation.name == "Abs", number >= 0 { return number }
      let (negative, overflow) = (0 as Int64).subtractingReportingOverflow(number)
      return overflow ? nil : negative
    }
    return results.count == ints.count ? ONNXTensor(shape: shape, .ints(results)) : nil
  }

  /// The value of a Constant.
  static func constant(_ operation: ONNXOperation) throws -> ONNXTensor {
    let kinds = ["value", "value_float", "value_floats", "value_int", "value_ints", "value_string", "value_strings"]
    switch kinds.lazy.compactMap({ operation.node[$0] }).first {
    case .tensor(let tensor): return tensor
    case .float(let number): return ONNXTensor(shape: [], .floats([number]))
    case .int(let number): return ONNXTensor(shape: [], .ints([number]))
    case .string(let text): return ONNXTensor(shape: [], .strings([text]))
    case .floats(let numbers): return ONNXTensor(shape: [numbers.count], .floats(numbers))
    case .ints(let numbers): return ONNXTensor(shape: [numbers.count], .ints(numbers))
    case .strings(let texts): return ONNXTensor(shape: [texts.count], .strings(texts))
    default: throw operation.failure("the constant is of a kind that is not supported", expected: "a dense tensor")
    }
  }

  private static func cast(_ tensor: ONNXTensor, _ operation: ONNXOperation) -> ONNXTensor? {
    let target = ONNXNumberType(rawValue: Int64(operation.int("to", 1)))
    guard target?.isInteger == true, let numbers = tensor.values.numbers else { return tensor }
    if target == .bool { return ONNXTensor(shape: tensor.shape, .ints(numbers.map { $0 == 0 ? 0 : 1 })) }
    let ints = numbers.compactMap { Int64(exactly: $0.rounded(.towardZero)) }
    return ints.count == numbers.count ? ONNXTensor(shape: tensor.shape, .ints(ints)) : nil
  }

  private static func transpose(_ tensor: ONNXTensor, _ operation: ONNXOperation) throws -> ONNXTensor {
    let axes = operation.ints("perm") ?? tensor.shape.indices.reversed()
    guard axes.sorted().elementsEqual(tensor.shape.indices) else {
      throw operation.failure("perm \(axes.prefix(8))", expected: "every axis once")
    }
    return tensor.transposed(axes)
  }

  private static func reshape(_ tensor: ONNXTensor, _ operation: ONNXOperation) throws -> ONNXTensor {
    let shape = try operation.reshaped(tensor.shape)
    guard (try? shape.elementCount()) == tensor.count else {
      throw operation.failure("\(tensor.count) elements for the shape \(shape)", expected: "the same number")
    }
    return tensor.reshaped(shape)
  }

  private static func concatenate(_ tensors: [ONNXTensor], _ operation: ONNXOperation) throws -> ONNXTensor? {
    // Only lists, such as shapes, are put together.
    guard tensors.allSatisfy({ $0.shape.count == 1 }) else { return nil }
    let count = tensors.reduce(0) { $0 + $1.count }
    let ints = tensors.compactMap(\.values.ints)
    if ints.count == tensors.count { return ONNXTensor(shape: [count], .ints(ints.flatMap { $0 })) }
    let numbers = tensors.compactMap(\.values.numbers)
    return numbers.count == tensors.count ? ONNXTensor(shape: [count], .doubles(numbers.flatMap { $0 })) : nil
  }

  private func gather(_ tensor: ONNXTensor, _ operation: ONNXOperation) throws -> ONNXTensor {
    guard !tensor.shape.isEmpty, let own = try operation.ints(1), let shape = try operation.constant(1)?.shape else {
      throw operation.failure("elements of a single number, or no indices", expected: "a tensor with axes, and indices")
    }
    let axis = try operation.axis(operation.int("axis"), of: tensor.shape.count)
    let length = tensor.shape[axis]
    let indices = own.map { $0 < 0 ? $0 &+ length : $0 }
    guard indices.allSatisfy((0..<length).contains) else {
      throw operation.failure("an index outside the axis", expected: "indices below \(length)")
    }
    try budget.charge(tensor.count / max(length, 1), times: indices.count, at: operation.place)
    return tensor.gathering(indices, axis: axis, as: shape)
  }

  private func slice(_ tensor: ONNXTensor, _ operation: ONNXOperation) throws -> ONNXTensor {
    let starts = try operation.ints("starts", orInput: 1) ?? []
    let ends = try operation.ints("ends", orInput: 2) ?? []
    let axes = try operation.ints("axes", orInput: 3) ?? Array(starts.indices)
    let steps = try operation.ints(4) ?? starts.map { _ in 1 }
    guard ends.count == starts.count, axes.count == starts.count, steps.allSatisfy({ $0 == 1 }) else {
      throw operation.failure("a slice with steps or of unequal lists", expected: "starts and ends of the same axes")
    }
    return try zip(axes, zip(starts, ends)).reduce(tensor) { tensor, slice in
      let axis = try operation.axis(slice.0, of: tensor.shape.count)
      guard !tensor.shape.isEmpty else { throw operation.failure("a slice of a single number", expected: "a list") }
      let length = tensor.shape[axis]
      let bounds = [slice.1.0, slice.1.1].map { min(max($0 < 0 ? $0 &+ length : $0, 0), length) }
      let range = bounds[0]..<max(bounds[0], bounds[1])
      try budget.charge(tensor.count / max(length, 1), times: range.count, at: operation.place)
      return tensor.gathering(Array(range), axis: axis, as: [range.count])
    }
  }

  private func expand(_ tensor: ONNXTensor, _ operation: ONNXOperation) throws -> ONNXTensor? {
    let isConstant = operation.name == "ConstantOfShape"
    let value = operation.node["value"]?.tensor ?? ONNXTensor(shape: [1], .floats([0]))
    let source = isConstant ? value.reshaped(value.count == 1 ? [] : value.shape) : tensor
    guard let wanted = try operation.ints(isConstant ? 0 : 1), wanted.allSatisfy({ $0 >= 0 }),
      let shape = isConstant ? wanted : ONNXTensor.common(source.shape, wanted)
    else { throw operation.failure("an invalid shape", expected: "lengths of 0 or more") }
    try budget.charge(shape.elementCount(), at: operation.place)
    return source.broadcast(to: shape)
  }

  private func combine(
    _ a: ONNXTensor, _ b: ONNXTensor, _ combination: ONNXFlow.Combination, _ operation: ONNXOperation
  ) throws -> ONNXTensor? {
    guard let shape = ONNXTensor.common(a.shape, b.shape) else {
      throw operation.failure("constants of the shapes \(a.shape) and \(b.shape)", expected: "shapes that fit")
    }
    try budget.charge(shape.elementCount(), times: 2, at: operation.place)
    guard let first = a.broadcast(to: shape)?.values, let second = b.broadcast(to: shape)?.values,
      let x = first.numbers, let y = second.numbers
    else { return nil }
    let results = zip(x, y).map { combination($0, $1) }
    guard first.ints != nil, second.ints != nil else { return ONNXTensor(shape: shape, .doubles(results)) }
    let ints = results.compactMap { Int64(exactly: $0.rounded(.towardZero)) }
    return ints.count == results.count ? ONNXTensor(shape: shape, .ints(ints)) : nil
  }
}

extension ONNXFlow.Combination {
  /// The combination that an ONNX operator stands for.
  init?(operator name: String) {
    switch name {
    case "Add", "Sum": self = .add
    case "Sub": self = .subtract
    case "Mul": self = .multiply
    case "Div": self = .divide
    case "Pow": self = .power
    case "Min": self = .minimum
    case "Max": self = .maximum
    case "Greater": self = .greater
    case "GreaterOrEqual": self = .greaterOrEqual
    case "Less": self = .less
    case "LessOrEqual": self = .lessOrEqual
    default: return nil
    }
  }
}
