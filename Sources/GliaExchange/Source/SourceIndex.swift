/// The index of an element in terms of loop variables: a sum of multiples, simplified by the ranges of the variables.
struct SourceIndex: Hashable, Sendable {
  indirect enum Atom: Hashable, Sendable {
    case variable(String, count: Int)
    case quotient(SourceIndex, by: Int)
    case remainder(SourceIndex, by: Int)
    /// An element of a table of indices.
    case element(of: SourceArray, SourceIndex, last: Int)

    /// The largest value.
    var last: Int {
      switch self {
      case .variable(_, let count): max(count - 1, 0)
      case .quotient(let index, let divisor): index.last / divisor
      case .remainder(let index, let divisor): min(index.last, divisor - 1)
      case .element(_, _, let last): last
      }
    }
  }

  struct Term: Hashable, Sendable {
    var atom: Atom
    var factor: Int
  }

  var terms: [Term] = []
  var constant = 0

  /// Creates a constant index.
  init(_ constant: Int) { self.constant = constant }
  private init(_ terms: [Term], _ constant: Int) { (self.terms, self.constant) = (terms, constant) }
  private init(_ atom: Atom) { terms = [Term(atom: atom, factor: 1)] }

  /// Creates the index of a loop; zero if there is only one pass.
  init(variable: String, count: Int) { self = count > 1 ? Self(.variable(variable, count: count)) : Self(0) }

  /// The largest value.
  var last: Int { terms.reduce(constant) { $0 + $1.factor * $1.atom.last } }

  static func + (a: SourceIndex, b: SourceIndex) -> SourceIndex { Self(a.terms + b.terms, a.constant + b.constant) }
  static func + (a: SourceIndex, b: Int) -> SourceIndex { Self(a.terms, a.constant + b) }
  static func * (a: SourceIndex, factor: Int) -> SourceIndex {
    factor == 0
      ? Self(0) : Self(a.terms.map { Term(atom: $0.atom, factor: $0.factor * factor) }, a.constant * factor)
  }

  /// Returns the multiples of `divisor` and the rest.
  private func split(_ divisor: Int) -> (multiples: SourceIndex, rest: SourceIndex) {
    let isMultiple = terms.map { $0.factor % divisor == 0 }
    let rest = Self(zip(terms, isMultiple).compactMap { $1 ? nil : $0 }, constant % divisor)
    return (Self(zip(terms, isMultiple).compactMap { $1 ? $0 : nil }, constant - constant % divisor), rest)
  }

  static func / (a: SourceIndex, divisor: Int) -> SourceIndex {
    if divisor == 1 { return a }
    let (multiples, rest) = a.split(divisor)
    guard rest.last < divisor else { return Self(.quotient(a, by: divisor)) }
    return Self(multiples.terms.map { Term(atom: $0.atom, factor: $0.factor / divisor) }, multiples.constant / divisor)
  }

  static func % (a: SourceIndex, divisor: Int) -> SourceIndex {
    if divisor == 1 { return Self(0) }
    let rest = a.split(divisor).rest
    return rest.last < divisor ? rest : Self(.remainder(rest, by: divisor))
  }

  /// Returns the index in an operand of shape `own` for this index in a result of shape `shape`, to which it is broadcast.
  func broadcast(from own: [Int], in shape: [Int]) -> SourceIndex {
    if own.reduce(1, *) == shape.reduce(1, *) { return self }
    let own = [Int](repeating: 1, count: max(shape.count - own.count, 0)) + own
    var (index, inner, stride, axis) = (Self(0), 1, 1, shape.count - 1)
    while axis >= 0 {
      // Neighboring axes that both advance count as one.
      var count = shape[axis]
      let advances = own[axis] != 1
      while axis > 0, (own[axis - 1] != 1) == advances || shape[axis - 1] == 1 {
        axis -= 1
        count *= shape[axis]
      }
      if advances {
        let place = self / inner
        index = index + (axis == 0 ? place : place % count) * stride
        stride *= count
      }
      inner *= count
      axis -= 1
    }
    return index
  }

  /// Returns the element with this index of `indices`: itself an index if they are evenly spaced; otherwise `table` holds them.
  func picked(from indices: [Int], table: () -> SourceArray) -> SourceIndex {
    guard let first = indices.first else { return self }
    if terms.isEmpty { return Self(indices.indices.contains(constant) ? indices[constant] : first) }
    let step = indices.count > 1 ? indices[1] - first : 0
    if step >= 0, indices.enumerated().allSatisfy({ $1 == first + step * $0 }) { return self * step + first }
    return Self(.element(of: table(), self, last: indices.max() ?? 0))
  }
}
