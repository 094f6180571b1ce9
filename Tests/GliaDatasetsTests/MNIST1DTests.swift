import Foundation
import Glia
import Testing

@testable import GliaDatasets

/// One-dimensional digits, compared with the package mnist1d 0.0.2.
struct MNIST1DTests {
  /// The steps of the package with the background 0.3 sin i and the noise 0.02 cos 3i.
  @Test(arguments: [
    (
      3, 41, 1.1, 13, 0.25,
      [
        0.263154, 0.206586, 0.105367, 0.077983, 0.124383, 0.100774, 0.047349, 0.077851, 0.374392, 0.506119, 0.361106,
        0.036433, 0.181346, 0.443248, 0.440014, 0.188620, 0.026078, 0.003967, 0.045795, -0.000243, -0.037370, 0.014862,
        0.026886, -0.041524, -0.030952, 0.000636, -0.055335, -0.093757, -0.039408, -0.043410, -0.100245, -0.076917,
        -0.046278, -0.110944, -0.136793, -0.079096, -0.092166, -0.136343, -0.071887, 0.027700,
      ]
    ),
    (
      7, 60, 0.85, 47, -0.3,
      [
        -0.011846, -0.054312, -0.141428, -0.154709, -0.094206, -0.103713, -0.143035, -0.085745, -0.053593, -0.105148,
        -0.105560, -0.046447, -0.066653, -0.092243, -0.028883, 0.002224, -0.046774, -0.031290, 0.024641, -0.007295,
        -0.030319, 0.036016, 0.062143, 0.007835, 0.032510, 0.078200, 0.148179, 0.351132, 0.244462, 0.145342, 0.042848,
        0.018551, 0.100025, 0.079440, 0.067694, 0.139493, 0.140526, 0.110452, 0.189010, 0.302700,
      ]
    ),
  ])
  func stepsAreThoseOfTheSource(
    digit: Int, padding: Int, amplitude: Double, shift: Int, slope: Double, expected: [Double]
  ) {
    let signal = DigitSignal(digit: digit, padding: padding, amplitude: amplitude, shift: shift)
    let background: [Double] = (0..<72).map { 0.3 * sin(Double($0)) }
    let noise: [Double] = (0..<72).map { 0.02 * cos(3 * Double($0)) }
    let numbers = signal.numbers(background: background, noise: noise, slope: slope)
    #expect(numbers.count == 40 && zip(numbers, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  /// Every third number of the mean signals of 200,000 samples of the package, and their standard deviations' mean.
  @Test func meansAreThoseOfTheSource() throws {
    let means: [[Double]] = [
      [0.055, 0.319, 0.617, 0.671, 0.683, 0.691, 0.688, 0.683, 0.682, 0.660, 0.332, 0.067, 0.042, 0.031],
      [0.032, -0.183, -0.174, -0.162, -0.156, -0.176, -0.165, -0.166, -0.162, -0.121, 0.060, 0.048, 0.039, 0.034],
      [0.047, 0.169, 0.081, 0.033, 0.034, 0.040, 0.043, 0.029, 0.039, 0.015, -0.091, 0.014, 0.035, 0.036],
      [0.048, 0.257, 0.413, 0.479, 0.475, 0.484, 0.474, 0.485, 0.468, 0.433, 0.245, 0.065, 0.025, 0.022],
      [0.040, -0.149, -0.199, -0.216, -0.212, -0.206, -0.204, -0.195, -0.203, -0.184, 0.018, 0.040, 0.035, 0.041],
      [0.049, -0.109, -0.037, -0.025, -0.042, -0.020, -0.042, -0.021, -0.036, -0.009, 0.119, 0.034, 0.035, 0.044],
      [0.041, -0.227, -0.531, -0.595, -0.602, -0.616, -0.609, -0.594, -0.602, -0.563, -0.256, 0.005, 0.047, 0.031],
      [0.050, 0.248, 0.253, 0.257, 0.254, 0.243, 0.245, 0.250, 0.237, 0.192, 0.009, 0.029, 0.030, 0.024],
      [0.042, -0.186, -0.330, -0.394, -0.393, -0.402, -0.403, -0.399, -0.394, -0.357, -0.174, 0.005, 0.036, 0.025],
      [0.053, -0.193, -0.208, -0.242, -0.233, -0.238, -0.238, -0.251, -0.246, -0.207, -0.008, 0.025, 0.042, 0.037],
    ]
    let count = 1000
    let data = try MNIST1D(samples: 10 * count, seed: 1).load()
    for (digit, expected) in means.enumerated() {
      let signals = (digit * count..<(digit + 1) * count).map { data.inputs[row: $0].map(Double.init) }
      for (place, value) in expected.enumerated() {
        let numbers = signals.map { $0[3 * place] }
        let mean = numbers.reduce(0, +) / Double(count)
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        #expect(abs(mean - value) < 4.5 * (variance / Double(count)).squareRoot(), "\(digit) \(place)")
      }
    }
  }

  @Test func theWholeSetIsScaled() throws {
    let data = try MNIST1D(samples: 103).load()
    #expect(data.inputs.shape == [103, 40] && data.inputNames.last == "x40")
    let values = data.inputs.values.map(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    #expect(abs(mean) < 1e-6 && abs(square - 1) < 1e-5)
    for digit in 0..<10 { #expect(data.targets[0].labels.count { $0 == "\(digit)" } == (digit < 3 ? 11 : 10)) }
  }

  @Test func nothingIsRandomWithoutNoiseShearAndShift() throws {
    let data = try MNIST1D(samples: 10, noise: 0, correlatedNoise: 0, shear: 0, scale: 0, shift: 1).load()
    for digit in 0..<10 {
      #expect(abs(data.inputs.values[40 * digit + 39] - data.inputs.values[39]) < 1e-6)
    }
  }
}
