extension Plant {
  /// Faults in search strategies and pruners.
  static let searches: [Plant] =
    Plant.all([
      "end": "coordinates are in [0, 1)",
      "too many": "coordinates are in [0, 1)",
      "undefined": "coordinates are in [0, 1)",
      "grows": "coordinates are in [0, 1)",
      "remembers": "same results, same proposals; same trials for any number of jobs",
    ]) { PlantedStrategy($0) }
    + Plant.all([
      "concurrency": "concurrency is positive",
      "reversed": "the best trial continues",
      "impatient": "the best trial continues; a trial without rivals continues; failed trials are no rivals",
      "failures": "failed trials are no rivals",
      "remembers": "the best trial continues",
    ]) { PlantedPruner($0) }
}
