extension Model {
  /// The version of Glia, as written to files.
  public static let version = "0.1.0"

  /// Writes the model atomically as one safetensors file.
  public func write(to path: String) throws { try file(in: Paths.folder(of: path)).write(to: path) }

  /// Returns the model as tensors and metadata, to be written into `folder`.
  func file(in folder: String) throws -> SafeTensors {
    try check()
    var file = SafeTensors()
    for (name, tensor) in network.tensors { file.tensors[name] = tensor }
    if let standardization = preprocessing.standardization { file.write(standardization, as: "input") }
    if let standardization = targetScaling?.standardization { file.write(standardization, as: "target") }
    file.metadata["glia.version"] = Self.version
    FileFormat.current.mark(&file)
    file.metadata["glia.target_transform"] = targetScaling?.transform?.rawValue
    file.metadata["glia.experiment"] = try experiment.relative(to: folder).fileJSON().text()
    file.metadata[ComponentOrigins.key] = try ComponentOrigins(of: experiment).text
    file.metadata["glia.classes"] = JSON.array(classes.map(JSON.string)).text()
    file.metadata["glia.columns"] = JSON.array(columns.map(JSON.string)).text()
    if !preprocessing.steps.isEmpty {
      file.metadata["glia.preprocessing"] = JSON.array(preprocessing.steps.map(\.json)).text()
    }
    file.metadata["glia.targets"] = JSON.array(targets.map(JSON.string)).text()
    try fitted.write(to: &file)
    return file
  }

  /// Throws if names or standardizations do not fit the network, because the file would be unusable.
  private func check() throws {
    let (inputs, outputs) = (network.input.reduce(1, *), network.output.reduce(1, *))
    let features = try preprocessing.names(of: columns).count
    for (what, count, wanted) in [
      ("features", features, columns.isEmpty ? 0 : inputs),
      ("numbers to standardize features", preprocessing.standardization?.mean.count ?? inputs, inputs),
      ("numbers to standardize targets", targetScaling?.width ?? outputs, outputs),
    ] where count != wanted {
      throw GliaError("a model with \(count) \(what)", expected: "\(wanted), as in the network")
    }
    guard classes.isEmpty || network.encoding(ofClasses: classes.count) != nil else {
      throw GliaError(
        "a model with \(classes.count) classes",
        expected: "one for each of \(outputs) outputs, or two for a single output")
    }
  }

  /// Reads a model written by ``write(to:)``; throws for any other file.
  public init(contentsOf path: String, with registry: Registry) throws {
    try self.init(contentsOf: path, with: registry, format: .current)
  }

  /// Reads a model and migrates it to `format`.
  package init(contentsOf path: String, with registry: Registry, format: FileFormat) throws {
    do {
      try self.init(
        SafeTensors(migrating: path, to: format), in: Paths.folder(of: path), with: registry, format: format)
    } catch var error as GliaError {
      error.place = error.place.map { $0.hasPrefix(path) ? $0 : "\(path): \($0)" } ?? path
      throw error
    }
  }

  /// Creates the model from a file in `folder`.
  init(_ file: SafeTensors, in folder: String, with registry: Registry, format: FileFormat = .current) throws {
    guard let description = file.metadata["glia.experiment"] else {
      throw GliaError(
        "a safetensors file that was not written by Glia: it does not describe its network",
        expected: "the metadata glia.experiment",
        remedy: "use it as --initial-weights of an experiment")
    }
    var registry = registry
    registry.origins = ComponentOrigins(file)
    let experiment = try Experiment(
      from: JSON(parsing: description, name: "glia.experiment"), writtenBy: file.metadata["glia.version"],
      with: registry, format: format
    ).located(in: folder)
    guard let input = experiment.network.input else {
      throw GliaError("the network's input shape is missing", at: "glia.experiment: network.input", expected: "a list")
    }
    let network = try Network(
      input: input, layers: experiment.network.layers, tensors: file.tensors(prefix: "layers."))
    let preprocessing = Preprocessing(
      steps: try file.preprocessingSteps(with: registry),
      standardization: try file.standardization("input", width: input.reduce(1, *)))
    func names(_ key: String) throws -> [String] {
      guard let text = file.metadata[key] else { return [] }
      return try ComponentDecoder(userInfo: [:]).decode([String].self, from: JSON(parsing: text, name: key), at: key)
    }
    self.init(
      network: network, experiment: experiment, classes: try names("glia.classes"), columns: try names("glia.columns"),
      targets: try names("glia.targets"), preprocessing: preprocessing,
      targetScaling: TargetScaling(
        transform: try file.metadata["glia.target_transform"].map { name in
          try ComponentDecoder().decode(TargetTransform.self, from: .string(name), at: "glia.target_transform")
        },
        standardization: try file.standardization("target", width: network.output.reduce(1, *))))
    fitted = try FittedValues(file, outputs: network.output.reduce(1, *))
  }
}

extension SafeTensors {
  /// Returns the preprocessors of a model with what they learned.
  fileprivate func preprocessingSteps(with registry: Registry) throws -> [PreprocessingStep] {
    let key = "glia.preprocessing"
    guard let text = metadata[key] else { return [] }
    guard case .array(let steps) = try JSON(parsing: text, name: key) else {
      throw GliaError("not a list of steps", at: key, expected: "a list in [ ]")
    }
    return try steps.enumerated().map { try PreprocessingStep(from: $1, with: registry, at: "\(key).\($0)") }
  }
}
