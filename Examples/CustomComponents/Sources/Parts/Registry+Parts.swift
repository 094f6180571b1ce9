import Glia

extension Registry {
  /// Glia's components and those of this package.
  public static func withParts() throws -> Registry {
    var registry = Registry.standard
    try registry.register(Affine.self)
    try registry.register(Quadratic.self)
    try registry.register(Snake.self)
    try registry.register(Charbonnier.self)
    try registry.register(Rademacher.self)
    try registry.register(Signum.self)
    try registry.register(LogPenalty.self)
    return registry
  }
}
