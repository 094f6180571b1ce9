import Foundation
import GliaKernels
import Testing

@Suite struct LossTests {
  static let shapes = [(0, 3), (3, 0), (1, 1), (5, 1), (33, 1), (7, 2), (32, 3), (9, 10), (4, 17), (3, 33), (2, 257)]

  private func rows(_ values: [Float], _ columns: Int) -> [[Double]] {
    stride(from: 0, to: values.count, by: max(columns, 1)).map { values[$0..<$0 + columns].map(Double.init) }
  }

  private func softmax(_ row: [Double]) -> [Double] {
    let terms = row.map { exp($0 - (row.max() ?? 0)) }
    return terms.map { $0 / terms.reduce(0, +) }
  }

  private func logSumExp(_ row: [Double]) -> Double {
    let top = row.max() ?? 0
    return top + log(row.reduce(0) { $0 + exp($1 - top) })
  }

  private func close(_ values: [Float], _ references: [Double], _ tolerance: Double) -> Bool {
    values.count == references.count
      && zip(values, references).allSatisfy { abs(Double($0) - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test(arguments: Variant.all) func softmaxAndItsPullback(_ variant: Variant) {
    var noise = Noise()
    for (count, columns) in Self.shapes {
      let x = noise.floats(count * columns, times: 20), dy = noise.floats(count * columns)
      let y = Buffer(count: count * columns), inPlace = Buffer(x)
      variant.kernels.softmax(count, columns, x, y.pointer)
      variant.kernels.softmax(count, columns, inPlace.pointer, inPlace.pointer)
      let probabilities = rows(x, columns).map(softmax)
      #expect(close(y.values, probabilities.flatMap { $0 }, 1e-6) && y.isIntact, "\(count) \(columns)")
      #expect(bits(inPlace.values) == bits(y.values) && inPlace.isIntact)

      let dx = Buffer(dy), gradient = rows(dy, columns)
      variant.kernels.softmax_pullback(count, columns, y.values, dx.pointer, dx.pointer)
      let reference = zip(probabilities, gradient).flatMap { p, d in
        let mean = zip(p, d).reduce(0) { $0 + $1.0 * $1.1 }
        return zip(p, d).map { $0 * ($1 - mean) }
      }
      #expect(close(dx.values, reference, 1e-6) && dx.isIntact, "\(count) \(columns)")
    }
  }

  @Test(arguments: Variant.all) func rowsWithExtremes(_ variant: Variant) {
    let infinity = Float.infinity
    let x: [Float] = [1e4, -1e4, 0, -infinity, 0, 0, -infinity, -infinity, -infinity, 1, infinity, 2, .nan, 1, 2]
    let y = Buffer(count: 15)
    variant.kernels.softmax(5, 3, x, y.pointer)
    #expect(Array(y.values[..<6]) == [1, 0, 0, 0, 0.5, 0.5])
    #expect(y.values[6...].allSatisfy { $0.isNaN })

    let low = [Float](repeating: -1e4, count: 37), shares = Buffer(count: 37)
    variant.kernels.softmax(1, 37, low, shares.pointer)
    #expect(close(shares.values, Array(repeating: 1 / 37, count: 37), 1e-8) && shares.isIntact)
  }

  @Test(arguments: Variant.all) func binaryCrossentropy(_ variant: Variant) {
    var noise = Noise()
    for (count, columns) in Self.shapes {
      let n = count * columns
      let z = noise.floats(n, times: 30), weights = noise.floats(count).map { $0 + 1.5 }
      let t = (0..<n).map { $0 % 3 == 0 ? 1 : $0 % 3 == 1 ? 0 : noise.float() / 2 + 0.5 }
      for weighted in [false, true] {
        let dz = Buffer(z)
        let value = weights.withUnsafeBufferPointer {
          variant.kernels.sigmoid_crossentropy(
            count, columns, z, t, weighted ? $0.baseAddress : nil, 0.125, dz.pointer)
        }
        var exact = 0.0
        let right = (0..<n).allSatisfy { i in
          let (logit, target) = (Double(z[i]), Double(t[i]))
          let weight = weighted ? Double(weights[i / columns]) : 1
          exact += weight * (max(logit, 0) - logit * target + log1p(exp(-abs(logit))))
          let slope = logit > 0 ? (1 - target) - exp(-logit) / (1 + exp(-logit)) : 1 / (1 + exp(-logit)) - target
          // Relative if the target is 0 or 1, however confident the network is.
          let scale = t[i] == 0 || t[i] == 1 ? abs(slope) : 1
          return abs(Double(dz.values[i]) - slope * weight * 0.125) <= 5e-7 * scale * weight * 0.125
        }
        #expect(right && dz.isIntact && abs(value - exact) <= 1e-6 * max(1, exact), "\(count) \(columns)")
        let unasked = weights.withUnsafeBufferPointer {
          variant.kernels.sigmoid_crossentropy(count, columns, z, t, weighted ? $0.baseAddress : nil, 0.125, nil)
        }
        #expect(unasked == value)
      }
    }
    let sure = variant.kernels.sigmoid_crossentropy(4, 1, [1e4, -1e4, 1e4, -1e4], [1, 0, 0, 1], nil, 1, nil)
    #expect(sure == 2e4)
  }

  @Test(arguments: Variant.all) func categoricalCrossentropy(_ variant: Variant) {
    var noise = Noise()
    for (count, classes) in Self.shapes where classes > 0 {
      let z = noise.floats(count * classes, times: 10), weights = noise.floats(count).map { $0 + 1.5 }
      let labels = (0..<count).map { ($0 * 5 + 1) % classes }
      let soft = rows(noise.floats(count * classes), classes).flatMap(softmax).map(Float.init)
      let hard = labels.flatMap { label in (0..<classes).map { $0 == label ? Float(1) : 0 } }
      let logits = rows(z, classes)
      for (targets, weighted) in [(soft, false), (soft, true), (hard, false), (hard, true)] {
        let weight = { (row: Int) in weighted ? Double(weights[row]) : 1 }
        let value = zip(logits, rows(targets, classes)).enumerated().reduce(0.0) { sum, row in
          let top = logSumExp(row.element.0)
          return sum + weight(row.offset) * zip(row.element.0, row.element.1).reduce(0) { $0 + $1.1 * (top - $1.0) }
        }
        let gradient = zip(logits, rows(targets, classes)).enumerated().flatMap { index, row in
          zip(softmax(row.0), row.1).map { ($0 - $1) * weight(index) * 0.25 }
        }
        weights.withUnsafeBufferPointer { pointer in
          let w = weighted ? pointer.baseAddress : nil, kernels = variant.kernels
          let dz = Buffer(z)
          let dense = kernels.softmax_crossentropy(count, classes, dz.pointer, targets, w, 0.25, dz.pointer)
          #expect(abs(dense - value) <= 1e-6 * max(1, value) && close(dz.values, gradient, 1e-6) && dz.isIntact)
          #expect(kernels.softmax_crossentropy(count, classes, z, targets, w, 0.25, nil) == dense)
          guard targets == hard else { return }

          let inPlace = Buffer(z), apart = Buffer(count: count * classes), floats = labels.map(Float.init)
          let labeled = kernels.softmax_crossentropy_labels(
            count, classes, inPlace.pointer, floats, w, 0.25, inPlace.pointer)
          #expect(abs(labeled - value) <= 1e-6 * max(1, value))
          #expect(close(inPlace.values, gradient, 1e-6) && inPlace.isIntact)
          #expect(kernels.softmax_crossentropy_labels(count, classes, z, floats, w, 0.25, apart.pointer) == labeled)
          #expect(bits(apart.values) == bits(inPlace.values) && apart.isIntact)
        }
      }
    }
  }

  @Test(arguments: Variant.all, [3, 40]) func whatIsNoClassBecomesNaN(_ variant: Variant, _ classes: Int) {
    let z = Array(repeating: Float(1), count: 2 * classes)
    for label in [-1, Float(classes), 1e9, 0.5, .nan, .infinity] {
      let dz = Buffer(count: 2 * classes)
      let value = variant.kernels.softmax_crossentropy_labels(2, classes, z, [1, label], nil, 1, dz.pointer)
      #expect(value.isNaN && dz.values[..<classes].allSatisfy(\.isFinite))
      #expect(dz.values[classes...].allSatisfy(\.isNaN) && dz.isIntact)
    }
  }
}
