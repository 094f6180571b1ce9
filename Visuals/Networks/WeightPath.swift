import GliaCore

/// The path of a network's weights through parameter space, recorded during training.
///
/// ```swift
/// var path = WeightPath("Adam lr 0.01")
/// path.record(training.network)
/// while try training.next() != nil { path.record(training.network) }
/// try Trajectories(of: [path], loss: .binaryCrossentropy, on: moons).write(to: "weights.png")
/// ```
public struct WeightPath: Sendable {
  /// The name of the optimizer, such as `Adam lr 0.01`.
  public var name: String
  /// The recorded parameters, as far as they are finite.
  public private(set) var snapshots: [[Float]] = []
  /// The epoch after which each snapshot was recorded.
  public private(set) var epochs: [Int] = []
  /// Whether the path ended because a value was not finite.
  public var isDiverged = false
  /// The last recorded network.
  public private(set) var network: Network?

  /// Creates an empty path.
  public init(_ name: String) { self.name = name }

  /// Records the current weights of `network`. A network with another number of parameters begins a new path.
  ///
  /// - Parameters:
  ///   - network: The network being trained.
  ///   - epoch: The epoch after which the weights are recorded; if `nil`, one more than the last, starting with 0.
  public mutating func record(_ network: Network, epoch: Int? = nil) {
    if snapshots.last?.count != network.parameters.count { (snapshots, epochs, isDiverged) = ([], [], false) }
    isDiverged = isDiverged || !network.parameters.allSatisfy(\.isFinite)
    if !isDiverged {
      snapshots.append(network.parameters)
      epochs.append(epoch ?? epochs.last.map { $0 &+ 1 } ?? 0)
    }
    self.network = network
  }
}

extension Trajectories {
  /// Creates the paths of a network's weights over its loss, on the plane of their first two principal components.
  ///
  /// Weights are measured in units of the norm of their unit's final weights, so that the plane doesn't change if the
  /// weights of a unit grow while those of the next layer shrink. The plane is that of the first two principal
  /// components of all paths in these units, through the end of the first path; points of other paths are projected
  /// onto it. The heights below are the losses of the paths themselves, not those of the plane.
  ///
  /// Source: Li, Xu, Taylor, Studer and Goldstein, "Visualizing the loss landscape of neural nets" (2018).
  /// - Parameters:
  ///   - paths: The recorded paths of one network with one or more optimizers.
  ///   - loss: Computes the loss of a network.
  /// - Throws: An error if no path has two or more finite snapshots, if there are fewer than two parameters, or if the
  ///   paths are of different networks. Rethrows errors of `loss`.
  public init(of paths: [WeightPath], loss: @escaping @Sendable (_ network: Network) throws -> Double) throws {
    guard let network = paths.first?.network, let last = paths.first?.snapshots.last, last.count > 1,
      paths.allSatisfy({ !$0.snapshots.isEmpty }), paths.contains(where: { $0.snapshots.count > 1 })
    else {
      let counts = paths.map { "\($0.snapshots.count)" }.joined(separator: ", ")
      throw GliaError(
        paths.isEmpty ? "there are no paths to draw" : "paths of \(counts) finite snapshots", at: "paths",
        expected: "two or more snapshots of two or more weights",
        remedy: "record the network before and after its training")
    }
    for path in paths where path.snapshots[0].count != last.count {
      throw GliaError(
        "paths of \(last.count) and of \(path.snapshots[0].count) weights", at: path.name,
        expected: "the same network for all")
    }
    let norms = network.unitNorms(last)
    let plane = PrincipalComponents(
      of: paths.flatMap { $0.snapshots.flatMap { zip($0, norms).map { $0 / $1 } } }, width: last.count, count: 2)
    @Sendable func weights(_ u: Float, _ v: Float) -> [Float] {
      last.indices.map { k in last[k] + norms[k] * (u * plane.directions[0][k] + v * plane.directions[1][k]) }
    }
    let trajectories = try paths.map { path in
      let places = path.snapshots.flatMap { snapshot in
        plane.directions.map { direction in
          last.indices.reduce(0.0) { $0 + Double((snapshot[$1] - last[$1]) / norms[$1] * direction[$1]) }
        }
      }
      var trajectory = Trajectory(
        path.name, points: places, values: try path.snapshots.map { try loss(network.with($0)) }, times: path.epochs)
      trajectory.isDiverged = trajectory.isDiverged || path.isDiverged
      return trajectory
    }
    let scales = PlaneLayout.scales(around: trajectories.flatMap(\.places) + [Point(0, 0)])
    let (x, y) = (scales?.x ?? Scale(from: -1, to: 1), scales?.y ?? Scale(from: -1, to: 1))
    let (wide, high) = ((x.high - x.low) * 0.15, (y.high - y.low) * 0.15)
    self.init(trajectories, limits: (x.low - wide...x.high + wide, y.low - high...y.high + high)) { points in
      try stride(from: 0, to: points.count, by: 2).map { index in
        Float(try loss(network.with(weights(points[index], points[index + 1]))))
      }
    }
    axes = (plane.name(0), plane.name(1))
    (quantity, unit) = ("loss", "epoch")
    nodes = 61
    title = "\(network.shortDescription) · the way of the weights"
    remark = "levels: losses on the plane · names and curves: losses of the paths"
  }

  /// Creates the paths of a network's weights over the mean loss of `data`.
  ///
  /// - Parameters:
  ///   - paths: The recorded paths of one network with one or more optimizers.
  ///   - loss: The loss function.
  ///   - data: The samples, in the form the network takes as input.
  ///   - classes: The classes in the order that the network learned; if `nil`, those of `data`.
  /// - Throws: An error if no path has two or more finite snapshots, if the paths are of different networks, or if
  ///   `data`, network, and `loss` don't match.
  public init(of paths: [WeightPath], loss: some Loss, on data: Dataset, classes: [String]? = nil) throws {
    try self.init(of: paths) { try $0.evaluate(data, loss: loss, classes: classes).loss }
  }
}

extension Network {
  /// Returns the network with other weights.
  fileprivate func with(_ weights: [Float]) throws -> Network {
    var (copy, start) = (self, 0)
    // The state of layers follows the parameters.
    for (name, tensor) in tensors where start < weights.count {
      let end = start + tensor.values.count
      try copy.set(name, to: Tensor(shape: tensor.shape, Array(weights[start..<end])))
      start = end
    }
    return copy
  }

  /// Returns, for every weight, the norm of its unit's weights in `weights`; for one-dimensional tensors, that of the
  /// whole tensor. A norm of 0 becomes 1.
  fileprivate func unitNorms(_ weights: [Float]) -> [Float] {
    var norms: [Float] = []
    for (_, tensor) in tensors where norms.count < weights.count {
      let count = tensor.values.count
      let size = tensor.shape.count > 1 ? count / max(tensor.shape[0], 1) : count
      for first in stride(from: norms.count, to: norms.count + count, by: max(size, 1)) {
        let norm = weights[first..<first + size].reduce(0) { $0 + $1 * $1 }.squareRoot()
        norms += Array(repeating: norm > 0 ? norm : 1, count: size)
      }
    }
    return norms
  }
}
