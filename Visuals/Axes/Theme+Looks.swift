extension Theme {
  /// Dark on white.
  public static let light = Theme()

  /// Bright on near black, for slides and screens.
  ///
  /// The hues are those of ``light``, moved until they stand out from the dark and stay apart for color-blind readers.
  public static let dark = {
    var theme = Theme()
    theme.page = Color(0x16191D)
    theme.text = Color(0xECEDEE)
    theme.secondary = Color(0xA7AEB5)
    theme.spine = Color(0x7C848C)
    theme.gridLine = Color(0x2A2F35)
    theme.neutral = Color(0x22262B)
    theme.alarm = Color(0xFF6A4D)
    theme.palette = [
      Color(0x4A8FD0), Color(0xF2B824), Color(0x1DC572), Color(0xEC5A22), Color(0xDD82A8), Color(0xA0DCFF),
      Color(0x8A78E8), Color(0xAE7A62), Color(0x9FA896), Color(0xD8FBF2),
    ]
    theme.ramp = [
      Color(0x2B2F5B), Color(0x32508A), Color(0x2F7398), Color(0x34959A), Color(0x5BB58F), Color(0xA0D183),
      Color(0xF1EBA0),
    ]
    theme.strongestTint = 0.42
    return theme
  }()

  /// Grays on white, for print without color: categories differ in brightness, and by marks and dashes.
  public static let print = {
    var theme = Theme()
    theme.text = Color(0x000000)
    theme.secondary = Color(0x4D4D4D)
    theme.spine = Color(0x6B6B6B)
    theme.neutral = Color(0xC4C4C4)
    theme.regions = [
      Color(0x5A5A5A), Color(0xFFFFFF), Color(0x8C8C8C), Color(0xE0E0E0), Color(0x747474), Color(0xF2F2F2),
    ]
    theme.alarm = Color(0x000000)
    theme.highlight = Color(0xFFFFFF)
    theme.palette = [
      Color(0x111111), Color(0x989898), Color(0x505050), Color(0x747474), Color(0xC1C1C1), Color(0x303030),
    ]
    theme.ramp = [
      Color(0xF2F2F2), Color(0xDADADA), Color(0xC0C0C0), Color(0xA2A2A2), Color(0x838383), Color(0x626262),
      Color(0x404040),
    ]
    theme.strongestTint = 0.6
    return theme
  }()
}
