extension Training {
  /// How many steps the optimizer has made, those of an unfinished epoch included.
  public var steps: Int { progress.step }
}
