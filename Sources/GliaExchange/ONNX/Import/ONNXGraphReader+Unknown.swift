import Glia

extension ONNXGraphReader {
  /// Returns the error for an operator that Glia does not know.
  func unknown(_ operation: ONNXOperation) -> GliaError {
    let (what, remedy) = Self.reason(operation.name)
    return operation.failure(
      what,
      expected: "a feed-forward network: Gemm or MatMul, activations, normalizations, sums and branches",
      remedy: remedy)
  }

  private static func reason(_ name: String) -> (what: String, remedy: String) {
    let other = "replace this operation in the model before exporting"
    switch name {
    case "Conv", "ConvTranspose": return ("Glia has no convolution", "import networks of dense layers only")
    case "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool":
      return ("Glia has no pooling", "import networks of dense layers only")
    case "LSTM", "GRU", "RNN": return ("Glia has no recurrent layers", "import feed-forward networks only")
    case "Attention", "MultiHeadAttention": return ("Glia has no attention", "import feed-forward networks only")
    case "If", "Loop", "Scan":
      return ("Glia has no branches and loops that depend on values", "export the model by tracing")
    case _ where name.hasPrefix("TreeEnsemble"): return ("Glia has no decision trees", "import neural networks only")
    case _ where name.hasPrefix("SVM"): return ("Glia has no support vector machines", "import neural networks only")
    case _ where name.contains("Quantize") || name.contains("Integer"):
      return ("Glia has no quantized layers", "export the model before it is quantized")
    case "Imputer": return ("the model fills in missing values", "fill them in before using the model")
    case "OneHotEncoder", "CategoryMapper", "OneHot":
      return ("the model encodes categories itself", "encode them before using the model, and export the network alone")
    default: return ("Glia has no layer for the operator \(name.excerpt)", other)
    }
  }
}
