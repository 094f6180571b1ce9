/// Fine diagonal lines in a region, which tell it from another of the same hue.
struct Hatch {
  /// The shades of the region at each place between two lines, in pixels.
  private let shades: [[UInt32]]
  private let isRising: Bool

  /// Lines of `paper` over `tints`, rising to the right or falling.
  init(_ tints: [Color], _ page: Color, scale: Double, isRising: Bool) {
    self.isRising = isRising
    let distance = max(Int(min(10 * scale, 1000)), 3)
    let half = 0.8 * scale
    shades = (0..<distance).map { place in
      let off = Double(min(place, distance - place))
      let part = min(max(half + 0.5 - off, 0), 1) * 0.75
      return tints.map { $0.mixed(with: page, part).bytes }
    }
  }

  /// The color of a pixel of the region.
  func color(_ shade: Int, column: Int, row: Int) -> UInt32 {
    let place = (isRising ? column + row : column - row) % shades.count
    return shades[place < 0 ? place + shades.count : place][shade]
  }
}
