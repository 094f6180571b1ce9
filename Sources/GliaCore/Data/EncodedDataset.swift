/// Samples with their targets as numbers.
struct EncodedDataset: Sendable {
  let inputs: Tensor
  let targets: Tensor
  let weights: [Float]

  init(_ data: Dataset, _ encoded: EncodedTargets) {
    (inputs, targets, weights) = (data.inputs, encoded.values, data.weights ?? [])
  }
}
