import Glia
import Testing

/// Datasets by name, and invalid settings.
struct SettingsTests {
  static let types: [any DataSource.Type] = [
    Moons.self, Circles.self, Spirals.self, XOR.self, Blobs.self, SineCurve.self, PolynomialCurve.self,
    StepCurve.self, SincCurve.self, PlaneSurface.self, HillsSurface.self, Checkerboard.self, GaussianQuantiles.self,
    LinearlySeparable.self, TwoSpirals.self, SwissRoll.self, Friedman1.self, Friedman2.self, Friedman3.self,
    LinearFunction.self, IllConditioned.self, Digits.self, MNIST1D.self, CSV.self, IDX.self,
  ]

  private func registry() throws -> Registry {
    var registry = Registry()
    for type in Self.types { try registry.register(type) }
    return registry
  }

  private func make(_ text: String) throws -> any DataSource {
    try registry().make((any DataSource).self, from: JSON(parsing: text))
  }

  @Test func settingsAreReadOverTheDefaults() throws {
    let circles = try #require(try make(#"{"type": "circles", "samples": 10, "factor": 0.3}"#) as? Circles)
    #expect(circles.samples == 10 && circles.factor == 0.3 && circles.noise == 0.05 && circles.seed == 0)
    let spirals = try #require(try make(#"{"type": "spirals", "arms": 5, "seed": 18446744073709551615}"#) as? Spirals)
    #expect(spirals.arms == 5 && spirals.samples == 300 && spirals.noise == 0.2 && spirals.seed == .max)
    let polynomial = try #require(try make(#"{"type": "polynomial", "coefficients": [1, 2]}"#) as? PolynomialCurve)
    #expect(polynomial.coefficients == [1, 2])
    #expect(try make(#""two_moons""#) is Moons)
    #expect(try make(#""sine""#).load().count == 200)
  }

  @Test(arguments: types.indices)
  func jsonFormComesBack(index: Int) throws {
    let made = Self.types[index].init()
    var json = try JSON(part: made)
    if made is CSV {
      json = try JSON(
        part: CSV(
          path: "a.csv", target: ["b", "c"], weight: "w", ignore: ["d"], categories: ["e"], missing: .drop,
          standardize: true))
    }
    if made is IDX {
      json = try JSON(part: IDX(images: "a", labels: "b", scale: false, limit: 5, flatten: false, standardize: true))
    }
    let again = try registry().make((any DataSource).self, from: json)
    #expect(try JSON(part: again) == json)
  }

  @Test func targetsAreATextOrAList() throws {
    let one = try #require(try make(#"{"type": "csv", "path": "a", "target": "b"}"#) as? CSV)
    #expect(one.target == "b" && one.weight == nil && one.ignore.isEmpty && !one.standardize)
    let two = try #require(try make(#"{"type": "csv", "path": "a", "target": ["b", "c"]}"#) as? CSV)
    #expect(two.target == ["b", "c"])
  }

  @Test(arguments: [
    (#"{"type": "moons", "samples": 0}"#, "samples"), (#"{"type": "moons", "samples": -5}"#, "samples"),
    (#"{"type": "sine", "samples": 1.5}"#, "samples"), (#"{"type": "moons", "noise": -0.1}"#, "noise"),
    (#"{"type": "xor", "noise": 1e60}"#, "noise"), (#"{"type": "blobs", "noise": "much"}"#, "noise"),
    (#"{"type": "circles", "factor": 1}"#, "factor"), (#"{"type": "circles", "factor": -0.1}"#, "factor"),
    (#"{"type": "spirals", "arms": 0}"#, "arms"), (#"{"type": "spirals", "arms": 301}"#, "arms"),
    (#"{"type": "blobs", "classes": 0}"#, "classes"), (#"{"type": "blobs", "samples": 2}"#, "classes"),
    (#"{"type": "blobs", "features": 0}"#, "features"), (#"{"type": "blobs", "features": 1000000000}"#, "features"),
    (#"{"type": "polynomial", "coefficients": []}"#, "coefficients"),
    (#"{"type": "polynomial", "coefficients": [1e300]}"#, "coefficients"),
    (#"{"type": "moons", "seed": -1}"#, "seed"), (#"{"type": "moons", "factor": 0.5}"#, "factor"),
    (#"{"type": "csv", "target": "y"}"#, ""), (#"{"type": "csv", "path": "a"}"#, ""),
    (#"{"type": "csv", "path": "", "target": "y"}"#, "path"),
    (#"{"type": "csv", "path": "a", "target": []}"#, "target"),
    (#"{"type": "csv", "path": "a", "target": 3}"#, "target"),
    (#"{"type": "csv", "path": "a", "target": ["b", 3]}"#, "target.1"),
    (#"{"type": "csv", "path": "a", "target": "y", "separator": ""}"#, "separator"),
    (#"{"type": "csv", "path": "a", "target": "y", "separator": ", "}"#, "separator"),
    (#"{"type": "csv", "path": "a", "target": "y", "separator": "."}"#, "separator"),
    (#"{"type": "csv", "path": "a", "target": "y", "separator": "\""}"#, "separator"),
    (#"{"type": "csv", "path": "a", "target": "y", "separator": "·"}"#, "separator"),
    (#"{"type": "csv", "path": "a", "target": "y", "missing": "median"}"#, "missing"),
    (#"{"type": "checkerboard", "cells": 1}"#, "cells"),
    (#"{"type": "checkerboard", "cells": 4611686018427387904}"#, "cells"),
    (#"{"type": "gaussian_quantiles", "classes": 1001}"#, "classes"),
    (#"{"type": "gaussian_quantiles", "features": -1}"#, "features"),
    (#"{"type": "linearly_separable", "margin": -0.1}"#, "margin"),
    (#"{"type": "linearly_separable", "features": 0}"#, "features"),
    (#"{"type": "friedman", "features": 4}"#, "features"),
    (#"{"type": "linear_function", "features": 100001}"#, "features"),
    (#"{"type": "ill_conditioned", "features": 0}"#, "features"),
    (#"{"type": "ill_conditioned", "features": 1001}"#, "features"),
    (#"{"type": "ill_conditioned", "samples": 20}"#, "samples"),
    (#"{"type": "ill_conditioned", "condition": 0.5}"#, "condition"),
    (#"{"type": "ill_conditioned", "condition": 1e11}"#, "condition"),
    (#"{"type": "digits", "samples": 0}"#, "samples"), (#"{"type": "digits", "noise": -1}"#, "noise"),
    (#"{"type": "mnist1d", "correlated_noise": -1}"#, "correlated_noise"),
    (#"{"type": "mnist1d", "shear": 1e16}"#, "shear"), (#"{"type": "mnist1d", "scale": -0.1}"#, "scale"),
    (#"{"type": "mnist1d", "shift": 0}"#, "shift"), (#"{"type": "mnist1d", "shift": 73}"#, "shift"),
    (#"{"type": "idx", "images": "", "labels": "b"}"#, "images"),
    (#"{"type": "idx", "images": "a", "labels": "b", "limit": 0}"#, "limit"), (#"{"type": "idx"}"#, ""),
  ])
  func settingsOutOfRangeAreRefused(text: String, place: String) throws {
    let error = try #require(throws: GliaError.self) { _ = try make(text) }
    #expect((error.place ?? "") == place, "\(error)")
    #expect(error.category == .description)
    #expect(error.expected != nil, "\(error)")
  }

  @Test(arguments: [1_000_000_000_000_000, Int.max])
  func moreSamplesThanMemoryAreRefused(samples: Int) throws {
    let sources: [any DataSource] = [
      Moons(samples: samples), Circles(samples: samples), Spirals(samples: samples), XOR(samples: samples),
      Blobs(samples: samples), SineCurve(samples: samples), PolynomialCurve(samples: samples),
      StepCurve(samples: samples), SincCurve(samples: samples), PlaneSurface(samples: samples),
      HillsSurface(samples: samples), Checkerboard(samples: samples), GaussianQuantiles(samples: samples),
      LinearlySeparable(samples: samples), TwoSpirals(samples: samples), SwissRoll(samples: samples),
      Friedman1(samples: samples), Friedman2(samples: samples), Friedman3(samples: samples),
      LinearFunction(samples: samples), IllConditioned(samples: samples), Digits(samples: samples),
      MNIST1D(samples: samples), Blobs(samples: samples, classes: samples, features: 100_000),
    ]
    for source in sources {
      let error = try #require(throws: GliaError.self) { _ = try source.load() }
      #expect(error.place == "samples")
      #expect(error.what.contains("\(samples) samples") && error.remedy != nil && error.expected != nil, "\(error)")
    }
  }

  @Test func settingsAreCheckedWhenLoaded() {
    #expect(throws: GliaError.self) { try Moons(samples: 0).load() }
    #expect(throws: GliaError.self) { try Moons(samples: 10, noise: .nan).load() }
    #expect(throws: GliaError.self) { try Moons(samples: 10, noise: .infinity).load() }
    #expect(throws: GliaError.self) { try Blobs(samples: 10, features: -1).load() }
  }

  @Test func dataSetsAreWrittenLikeMembers() throws {
    let sources: [any DataSource] = [
      .moons(samples: 4), .circles(samples: 4), .spirals(samples: 4), .xor(), .blobs(samples: 4), .sine(samples: 4),
      .polynomial(samples: 4, coefficients: [1]), .stepFunction(samples: 4), .sinc(samples: 4), .plane(samples: 4),
      .hills(samples: 4), .checkerboard(samples: 4), .gaussianQuantiles(samples: 4), .linearlySeparable(samples: 4),
      .twoSpirals(samples: 4), .swissRoll(samples: 4), .friedman1(samples: 4), .friedman2(samples: 4),
      .friedman3(samples: 4), .linearFunction(samples: 4), .illConditioned(samples: 4, features: 3),
      .digits(samples: 4), .mnist1D(samples: 4),
    ]
    for source in sources { #expect(try source.load().count == 4) }
  }
}
