import GliaCore

/// The way of a network's weights through their space, recorded while it learns.
///
/// ```swift
/// var path = WeightPath()
/// path.record(training.network)
/// while try training.next() != nil { path.record(training.network) }
/// let figure = try Trajectories(of: path, "Adam lr 0.01") { try loss(of: $0) }
/// ```
public struct WeightPath: Sendable {
  /// All parameters at each time.
  public private(set) var snapshots: [[Float]] = []
  /// The network as it was recorded last.
  public private(set) var network: Network?

  /// Nothing recorded yet.
  public init() {}

  /// Adds the weights of `network` as they are now; a network of other parameters begins a new path.
  public mutating func record(_ network: Network) {
    if snapshots.last?.count != network.parameters.count { snapshots = [] }
    snapshots.append(network.parameters)
    self.network = network
  }
}

extension Trajectories {
  /// The way of a network's weights, on the plane of the two directions along which they moved most.
  ///
  /// Weights are counted in norms: those of a unit in that of the unit's last weights, so that the plane does not change when
  /// a unit's weights grow and the next layer's shrink. The plane is that of the first two principal components of the path in
  /// these numbers, through its end.
  ///
  /// Source: Li, Xu, Taylor, Studer and Goldstein, "Visualizing the loss landscape of neural nets" (2018).
  /// - Parameters:
  ///   - path: the recorded way.
  ///   - name: what the optimizer is called.
  ///   - loss: the loss of a network.
  /// - Throws: for less than two finite snapshots or less than two parameters, and what `loss` throws.
  public init(
    of path: WeightPath, _ name: String, loss: @escaping @Sendable (_ network: Network) throws -> Double
  ) throws {
    let finite = path.snapshots.filter { $0.allSatisfy(\.isFinite) }
    guard let network = path.network, let last = finite.last, finite.count > 1, last.count > 1 else {
      throw GliaError(
        "\(finite.count) finite snapshots of \(path.snapshots.last?.count ?? 0) weights", at: "path",
        expected: "at least two snapshots of two weights", remedy: "record the network before and after its training")
    }
    let norms = network.unitNorms(last)
    let plane = PrincipalComponents(
      of: finite.flatMap { zip($0, norms).map { $0 / $1 } }, width: last.count, count: 2)
    @Sendable func weights(_ u: Float, _ v: Float) -> [Float] {
      last.indices.map { k in last[k] + norms[k] * (u * plane.directions[0][k] + v * plane.directions[1][k]) }
    }
    let places = finite.flatMap { snapshot in
      plane.directions.map { direction in
        last.indices.reduce(0.0) { $0 + Double((snapshot[$1] - last[$1]) / norms[$1] * direction[$1]) }
      }
    }
    let values = try finite.map { try loss(network.with($0)) }
    let points = stride(from: 0, to: places.count, by: 2).map { Point(places[$0], places[$0 + 1]) }
    let scales = PlaneLayout.scales(around: points + [Point(0, 0)])
    let (x, y) = (scales?.x ?? Scale(from: -1, to: 1), scales?.y ?? Scale(from: -1, to: 1))
    let (wide, high) = ((x.high - x.low) * 0.15, (y.high - y.low) * 0.15)
    self.init(
      [Trajectory(name, points: places, values: values)],
      limits: (x.low - wide...x.high + wide, y.low - high...y.high + high)
    ) { points in
      try stride(from: 0, to: points.count, by: 2).map { index in
        Float(try loss(network.with(weights(points[index], points[index + 1]))))
      }
    }
    axes = (plane.name(0), plane.name(1))
    quantity = "loss"
    nodes = 61
    title = "The way of the weights · \(network.shortDescription)"
  }
}

extension PrincipalComponents {
  /// The name of an axis along one of them, with its part of the variance.
  func name(_ index: Int) -> String {
    "PC \(index + 1) (\(NumberText.fixed(100 * shares[index], decimals: 1)) %)"
  }
}

extension Network {
  /// The same network with other weights.
  fileprivate func with(_ weights: [Float]) throws -> Network {
    var (copy, start) = (self, 0)
    // What layers remember stands behind the parameters.
    for (name, tensor) in tensors where start < weights.count {
      let end = start + tensor.values.count
      try copy.set(name, to: Tensor(shape: tensor.shape, Array(weights[start..<end])))
      start = end
    }
    return copy
  }

  /// For every weight, the norm of the unit's weights in `weights`; of tensors with one dimension, that of the whole; 1 for 0.
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
