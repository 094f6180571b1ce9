import GliaCore

/// The features of other data, which are their own targets: for autoencoders, which learn to reconstruct their input.
///
/// ```json
/// {"type": "reconstruction", "data": "blobs"}
/// ```
///
/// The targets have the names of the features. Standardization and missing values are those of the other data; its targets are
/// left out.
///
/// Source: Rumelhart, Hinton and Williams, "Learning internal representations by error propagation" (1986), the encoder problem.
public struct Reconstruction: DataSource {
  public static let name = "reconstruction"
  public static let summary = "the features of other data as their own targets, for autoencoders"
  public static var examples: [JSON] { [["data": "moons"]] }
  /// The data whose features are reconstructed; required.
  @Required @Part public var data: (any DataSource)? = nil

  /// Creates a reconstruction without data.
  public init() {}
  /// Creates the reconstruction of the features of `data`.
  public init(of data: some DataSource) { self.data = data }

  public func validate() throws {
    try data?.checkSettings()
    guard data?.fillsMissing == true else { return }
    throw GliaError(
      "features may be missing, but targets may not", at: "data.missing", expected: "data without missing values",
      remedy: "drop the rows with missing values: \"missing\": \"drop\"")
  }

  public var standardize: Bool { data?.standardize ?? false }
  public func load() throws -> Dataset { try reconstructing { try $0.load() } }
  public func loadUnstandardized() throws -> Dataset { try reconstructing { try $0.loadUnstandardized() } }
  public func located(in folder: String) -> any DataSource { mapped { $0.located(in: folder) } }
  public func relative(to folder: String) -> any DataSource { mapped { $0.relative(to: folder) } }

  private func mapped(_ change: (any DataSource) -> any DataSource) -> any DataSource {
    var copy = self
    copy.data = data.map(change)
    return copy
  }

  private func reconstructing(_ load: (any DataSource) throws -> Dataset) throws -> Dataset {
    guard let source = data else {
      throw GliaError("no data to reconstruct", at: "data", expected: "other data, such as \"moons\"")
    }
    let data = try load(source)
    let (inputs, width) = (data.inputs, data.inputs.width)
    return try Dataset(
      name: data.name, inputs: inputs, exact: data.exact, inputNames: data.inputNames,
      targets: data.inputNames.indices.map { column in
        Column(data.inputNames[column], (0..<data.count).map { inputs.values[$0 * width + column] })
      }, weights: data.weights)
  }
}

extension DataSource where Self == Reconstruction {
  /// The features of other data as their own targets.
  public static func reconstruction(of data: some DataSource) -> Reconstruction { Reconstruction(of: data) }
}
