extension Plant {
  /// Faults in what handles samples: data sources, splits, preprocessors, augmentations and metrics.
  static let data: [Plant] =
    Plant.all([
      "throws": "load",
      "seed ignored": "settings have an effect",
      "unseeded": "same seed, same bits",
      "too few": "samples",
      "samples ignored": "settings have an effect",
      "setting": "settings have an effect",
      "constant features": "variety",
      "constant target": "variety",
      "nan": "load",
      "infinite target": "load",
      "grows": "same seed, same bits",
      "names": "input names",
      "empty names": "input names",
      "no targets": "targets",
    ]) { PlantedSource($0) }
    + Plant.all([
      "seed ignored": "settings have an effect",
      "unseeded": "same seed, same parts",
      "fraction": "fractions",
      "setting": "settings have an effect",
      "lost": "every sample",
      "validation lost": "every sample",
      "twice": "parts",
      "test learned": "disjoint parts",
      "validation learned": "disjoint parts",
      "validation tested": "disjoint parts",
      "beyond": "every sample; parts",
      "negative": "every sample; parts",
      "nothing to learn": "fractions; parts",
    ]) { PlantedSplit($0) }
    + Plant.all([
      "throws": "features",
      "nothing": "features",
      "names": "names",
      "fits again": "each sample alone",
      "first row": "each sample alone",
      "infinite": "features",
      "not saved": "saved and read",
      "setting": "settings have an effect",
    ]) { PlantedPreprocessor($0) }
    + Plant.all([
      "first row alone": "every sample",
      "setting": "settings have an effect",
      "grows": "size of inputs",
      "remembers": "same generator, same bits",
      "nan": "finite",
      "nothing": "new random numbers; every sample",
      "targets": "targets; probabilities sum to 1",
      "targets zero": "targets; probabilities sum to 1",
    ]) { PlantedAugmentation($0) }
    + Plant.all([
      "percent": "range",
      "direction": "better direction",
      "neighbor's target": "better direction; sample order",
      "targets ignored": "better direction",
      "last ignored": "sample order",
      "order": "sample order; number of samples",
      "setting": "settings have an effect",
      "constant": "better direction",
      "weights ignored": "weights",
      "weights not divided by": "weights",
      "sum": "number of samples",
      "perfect is nan": "range; better direction",
      "single": "one sample",
      "noise": "sample order",
      "remembers": "sample order",
      "nan": "range; better direction; extremes",
    ]) { PlantedMetric($0) }
}
