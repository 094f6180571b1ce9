/// A saved copy of the parameters and states.
struct Snapshot: Sendable {
  let parameters: [Float]
  let state: [Float]
  /// The epoch after which, and the value for which, they were saved.
  var occasion: (epoch: Int, value: String)?

  init(parameters: [Float], state: [Float]) { (self.parameters, self.state) = (parameters, state) }
  init(_ network: Network) { (parameters, state) = (network.parameters, network.state) }

  func restore(_ network: inout Network) { (network.parameters, network.state) = (parameters, state) }
}
