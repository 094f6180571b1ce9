import GliaCore

extension Registry {
  /// Declares the kinds `search_strategy` and `pruner`, so that their components can be registered and made by name.
  public mutating func declareSearchKinds() {
    declare((any SearchStrategy).self, as: .searchStrategy)
    declare((any Pruner).self, as: .pruner)
  }
}
