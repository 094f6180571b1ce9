extension Page {
  /// How far a drawing that leaves `rest` of the page's height below it moves down: to the middle of its room, where the page
  /// is clearly taller than it needs.
  func drop(_ rest: Double, on bounds: Rect) -> Double { rest > 0.12 * bounds.height ? rest / 2 : 0 }
}
