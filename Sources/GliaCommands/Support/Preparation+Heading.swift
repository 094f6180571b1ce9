import GliaCore

extension Preparation {
  /// The name of the experiment with its network, such as `two moons · 2–4–2–1 tanh`.
  var heading: String {
    let name = experiment.name
    return name.isEmpty ? network.shortDescription : "\(name.excerpt) · \(network.shortDescription)"
  }
}
