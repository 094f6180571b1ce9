import GliaCore

/// Samples as a picture shows them: in the units of their features, unless single precision would merge their values there.
struct ShownSamples {
  let data: Dataset
  let test: Dataset?
  /// What is to be done to the features that are shown before a network sees them.
  let standardization: Standardization?

  /// The sets as they were before `standardization`, or standardized by it.
  init(_ data: Dataset, test: Dataset?, _ standardization: Standardization?) throws {
    var (seen, held) = (try data.standardized(by: standardization), try test?.standardized(by: standardization))
    guard standardization != nil, !seen.areToldApartUnstandardized || held?.areToldApartUnstandardized == false else {
      (self.data, self.test, self.standardization) = (data.unstandardized(), test?.unstandardized(), standardization)
      return
    }
    seen.inputNames = seen.inputNames.map { "\($0), standardized" }
    held?.inputNames = seen.inputNames
    (self.data, self.test, self.standardization) = (seen, held, nil)
  }
}
