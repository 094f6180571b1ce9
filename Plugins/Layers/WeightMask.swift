import GliaCore
import GliaInitializers

/// Initializes a weight with another initializer and sets masked entries to zero.
struct MaskedInitializer: Initializer {
  static let name = "masked"
  var mask: [[Int]] = []
  @Part var initializer: any Initializer = Zeros()

  init() {}
  init(_ mask: [[Int]], _ initializer: any Initializer) { (self.mask, self.initializer) = (mask, initializer) }

  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random) {
    initializer.fill(&values, shape: shape, fanIn: fanIn, fanOut: fanOut, using: &random)
    values.clear(outside: mask)
  }
}

/// Keeps masked entries of a weight at zero, in addition to an optional other constraint.
struct MaskConstraint: Constraint {
  static let name = "masked"
  var mask: [[Int]] = []
  @Part var constraint: (any Constraint)? = nil

  init() {}
  init(_ mask: [[Int]], _ constraint: (any Constraint)?) { (self.mask, self.constraint) = (mask, constraint) }

  func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    weight.clear(outside: mask)
    constraint?.project(&weight, shape: shape)
    weight.clear(outside: mask)
  }
}

extension MutableSpan<Float> {
  fileprivate mutating func clear(outside mask: [[Int]]) {
    var place = 0
    for row in mask {
      for flag in row {
        if flag == 0 { self[place] = 0 }
        place += 1
      }
    }
  }
}
