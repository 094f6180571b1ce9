/// Parameters and states remembered for later.
struct Snapshot: Sendable {
  let parameters: [Float]
  let state: [Float]
  /// After which epoch, and for which value, they are remembered.
  var occasion: (epoch: Int, value: String)?

  init(parameters: [Float], state: [Float]) { (self.parameters, self.state) = (parameters, state) }
  init(_ network: Network) { (parameters, state) = (network.parameters, network.state) }

  func restore(_ network: inout Network) { (network.parameters, network.state) = (parameters, state) }
}
