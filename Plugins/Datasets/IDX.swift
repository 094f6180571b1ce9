import GliaCore

/// Images and their labels from two files in MNIST's IDX format, plain or compressed with gzip.
///
/// The first axis is that of the samples. All IDX number types are supported; unsigned bytes are divided by 255 if `scale` is
/// true. Each number of a sample is a feature, in row-major order; if `flatten` is false, samples keep their shape, such as
/// [28, 28]. Labels are classes.
///
/// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits" (1998).
public struct IDX: DataSource {
  public static let name = "idx"
  public static let summary = "images and labels in MNIST's IDX format, plain or compressed with gzip"
  public static var examples: [JSON] {
    [["images": "images.idx", "labels": "labels.idx"]]
  }
  /// The path of the images; relative paths start in the folder of the experiment.
  @Required public var images = ""
  /// The path of the labels.
  @Required public var labels = ""
  /// Whether to divide unsigned bytes by 255.
  public var scale = true
  /// The number of samples to read from the start; nil for all.
  public var limit: Int?
  /// Whether to flatten each sample to one axis.
  public var flatten = true
  /// Whether to standardize features to mean 0 and standard deviation 1, computed on the training data in an experiment and on
  /// all samples in ``load()``.
  public var standardize = false

  /// Creates a data source without files; set `images` and `labels` before use.
  public init() {}
  /// Creates a data source for two files.
  public init(
    images: String, labels: String, scale: Bool = true, limit: Int? = nil, flatten: Bool = true,
    standardize: Bool = false
  ) {
    (self.images, self.labels, self.scale, self.limit) = (images, labels, scale, limit)
    (self.flatten, self.standardize) = (flatten, standardize)
  }

  /// The maximum number of features, each of which has a name.
  private static let widest = 1 << 22

  public func validate() throws {
    try require(!images.isEmpty, "images", "''", expected: "the path of a file")
    try require(!labels.isEmpty, "labels", "''", expected: "the path of a file")
    try require(limit ?? 1 >= 1, "limit", limit ?? 0, expected: "a whole number of at least 1, or null")
  }

  public func located(in folder: String) -> any DataSource {
    var located = self
    if !images.isEmpty { located.images = Paths.absolute(images, in: folder) }
    if !labels.isEmpty { located.labels = Paths.absolute(labels, in: folder) }
    return located
  }

  public func relative(to folder: String) -> any DataSource {
    var relative = self
    if !images.isEmpty { relative.images = Paths.relative(images, to: folder) }
    if !labels.isEmpty { relative.labels = Paths.relative(labels, to: folder) }
    return relative
  }

  public func load() throws -> Dataset {
    standardize ? try loadUnstandardized().standardized() : try loadUnstandardized()
  }

  public func loadUnstandardized() throws -> Dataset {
    try validate()
    let (images, labels) = (try IDXFile(path: images), try IDXFile(path: labels))
    guard labels.shape == [images.shape[0]] else {
      throw GliaError(
        "labels of shape \(labels.shape) for images of shape \(images.shape)", at: self.labels.visible(limit: 4096),
        expected: "one label for each image: the shape [\(images.shape[0])]", remedy: "use files that belong together")
    }
    guard images.width <= Self.widest else {
      throw GliaError(
        "samples of \(images.width) numbers", at: self.images.visible(limit: 4096), expected: "at most \(Self.widest)")
    }
    let count = min(limit ?? .max, images.shape[0])
    let isScaled = scale && images.element == .unsignedByte
    let inputs = try images.numbers(samples: count, divisor: isScaled ? 255 : 1)
    let isFlat = flatten || images.shape.count == 1
    return try Dataset(
      name: Paths.name(of: self.images),
      inputs: Tensor(shape: [count] + (isFlat ? [images.width] : Array(images.shape.dropFirst())), inputs),
      targets: [Column("class", try labels.numbers(samples: count)).asClasses])
  }
}

extension DataSource where Self == IDX {
  /// Images and labels in MNIST's IDX format.
  public static func idx(
    images: String, labels: String, scale: Bool = true, limit: Int? = nil, flatten: Bool = true,
    standardize: Bool = false
  ) -> IDX {
    IDX(images: images, labels: labels, scale: scale, limit: limit, flatten: flatten, standardize: standardize)
  }
}
