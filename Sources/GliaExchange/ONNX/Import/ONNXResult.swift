import Glia

/// What a graph computes: its outputs, and what they mean.
struct ONNXResult {
  /// The step whose numbers are the network's outputs.
  let step: Int
  /// The name of the output with these numbers, if there is one.
  private let name: String
  /// Whether the graph also decides for a class.
  private let decides: Bool
  /// The threshold above which it decides for a class; nil if it decides for the largest output.
  let threshold: Float?

  init(of reader: ONNXGraphReader) throws {
    var (steps, names, decides, threshold): ([Int], [String], Bool, Float?) = ([], [], false, nil)
    for output in reader.graph.outputs {
      switch reader.values[output.name] {
      case .step(let step):
        steps.append(reader.flow.source(ofComplement: step))
        names.append(output.name)
      case .decision(let step, _, let own):
        steps.append(reader.flow.source(ofComplement: step))
        decides = true
        threshold = threshold ?? own
      case .constant: continue
      case .text, nil:
        throw GliaError(
          "no node computes the output", at: "output '\(output.name.excerpt)'", expected: "the result of a node")
      }
    }
    guard let step = steps.first, Set(steps).count == 1 else {
      let count = Set(steps).count
      throw GliaError(
        "the graph has \(count.counted("different output"))", at: "graph",
        expected: "one output, besides the class that it decides for",
        remedy: "export the model with one output, or join the outputs with Concat")
    }
    (self.step, name, self.decides, self.threshold) = (step, names.first ?? "", decides, threshold)
  }

  /// How outputs are learned and measured.
  struct Task {
    let loss: any Loss
    let metrics: [any Metric]
    let classes: [String]
    let targets: [String]
  }

  /// Returns the task that suits the outputs of `network`.
  func task(of network: Network, labels: [String]) -> Task {
    let count = network.output.reduce(1, *)
    func classes(_ count: Int) -> [String] {
      Set(labels).count == count && labels.count == count ? labels : (0..<count).map(String.init)
    }
    func classification(_ loss: any Loss, _ count: Int) -> Task {
      Task(loss: loss, metrics: [Accuracy()], classes: classes(count), targets: [])
    }
    let targets = count == 1 ? [name] : (0..<count).map { "\(name)_\($0)" }
    switch network.layers.last?.outputActivation {
    case is Softmax where count > 1: return classification(SparseCategoricalCrossentropy(), count)
    case is Sigmoid where count == 1: return classification(BinaryCrossentropy(), 2)
    case is Sigmoid: return Task(loss: BinaryCrossentropy(), metrics: [Accuracy()], classes: [], targets: targets)
    case _ where decides && count == 1: return classification(HingeLoss(), 2)
    case _ where decides: return classification(CategoricalHingeLoss(), count)
    default: return Task(loss: MeanSquaredError(), metrics: [MeanAbsoluteErrorMetric()], classes: [], targets: targets)
    }
  }
}

extension ONNXFlow {
  /// The step of the probabilities p if `step` puts 1 - p before them.
  fileprivate func source(ofComplement step: Int) -> Int {
    if case .complement = steps[step].operation { steps[step].operands[1] } else { step }
  }
}
