/// The functions that a Swift file defines because the standard library has none: each with those that it calls.
enum SwiftFunctions {
  /// Returns the definitions of the functions that a program calls, indented by one level.
  static func definitions(_ calls: Set<SourceCall>) -> [String] {
    var needed: Set<String> = []
    func need(_ name: String) {
      guard let definition = all[name], needed.insert(name).inserted else { return }
      for other in definition.calls { need(other) }
    }
    for call in calls {
      switch call {
      case .function(let function, _): need(function.rawValue)
      case .operation(.power, _): need("power")
      case .operation(.maximum, let element): need(element == .double ? "largerDouble" : "larger")
      case .operation(.minimum, let element): need(element == .double ? "smallerDouble" : "smaller")
      case .operation: break
      case .lookup(let element): need(element == .double ? "lookupDouble" : "lookup")
      case .sort(let element): need(element == .double ? "sortDouble" : "sort")
      }
    }
    return needed.sorted().compactMap { all[$0]?.text }
  }

  private struct Definition {
    let text: String
    let calls: [String]

    init(_ text: String, _ calls: String...) { (self.text, self.calls) = (text, calls) }
  }

  private static let all: [String: Definition] = [
    "exp": Definition(
      """
      private static func exp(_ x: Double) -> Double {
        if x.isNaN || x > 709.8 { return x.isNaN ? x : .infinity }
        if x < -745.2 { return 0 }
        let power = nearest(x * 1.4426950408889634)
        let rest = (x - power * 0.6931471803691238) - power * 1.9082149292705877e-10
        var sum = 1.0
        for i in 0..<14 { sum = 1 + sum * rest / Double(14 - i) }
        return Double(sign: .plus, exponent: Int(power), significand: sum)
      }
      """, "nearest"),
    "nearest": Definition(
      """
      /// The nearest whole number; `rounded()` would need a library.
      private static func nearest(_ x: Double) -> Double {
        abs(x) < 2_251_799_813_685_248 ? (x + 6_755_399_441_055_744) - 6_755_399_441_055_744 : x
      }
      """),
    "floor": Definition(
      """
      private static func floor(_ x: Double) -> Double {
        let whole = nearest(x)
        return whole > x ? whole - 1 : whole
      }
      """, "nearest"),
    "sqrt": Definition(
      """
      private static func sqrt(_ x: Double) -> Double {
        if !(x > 0) || x == .infinity { return x < 0 ? .nan : x }
        var root = Double(sign: .plus, exponent: Int(x.exponent) / 2, significand: 1)
        for _ in 0..<7 { root = (root + x / root) / 2 }
        return root
      }
      """),
    "expMinusOne": Definition(
      """
      private static func expMinusOne(_ x: Double) -> Double {
        if abs(x) > 0.35 || x.isNaN { return exp(x) - 1 }
        var sum = 1.0
        for i in 0..<13 { sum = 1 + sum * x / Double(14 - i) }
        return x * sum
      }
      """, "exp"),
    "log": Definition(
      """
      private static func log(_ x: Double) -> Double {
        if x.isNaN || x < 0 { return .nan }
        if x == 0 || x == .infinity { return x == 0 ? -.infinity : x }
        var (power, rest) = (Double(x.exponent), x.significand)
        if rest > 1.4142135623730951 { (power, rest) = (power + 1, rest / 2) }
        let s = (rest - 1) / (rest + 1)
        var sum = 0.0
        for i in 0..<12 { sum = sum * s * s + 2 / Double(23 - 2 * i) }
        return power * 0.6931471803691238 + (power * 1.9082149292705877e-10 + sum * s)
      }
      """),
    "logOnePlus": Definition(
      """
      private static func logOnePlus(_ x: Double) -> Double {
        let sum = 1 + x
        return sum == 1 || sum == .infinity ? x : log(sum) * (x / (sum - 1))
      }
      """, "log"),
    "power": Definition(
      """
      private static func power(_ x: Double, _ y: Double) -> Double {
        if y == 0 || x == 1 { return 1 }
        if x > 0 { return exp(y * log(x)) }
        let isWhole = nearest(y) == y
        let isOdd = isWhole && nearest(y / 2) != y / 2
        if x == 0 { return y > 0 ? (isOdd ? x : 0) : isOdd ? 1 / x : .infinity }
        return isWhole ? (isOdd ? -1 : 1) * exp(y * log(-x)) : .nan
      }
      """, "exp", "log", "nearest"),
    "sigmoid": Definition(
      "private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }", "exp"),
    "softplus": Definition(
      "private static func softplus(_ x: Double) -> Double { (x > 0 ? x : 0) + logOnePlus(exp(-abs(x))) }",
      "exp", "logOnePlus"),
    "erf": Definition(
      """
      private static func erf(_ x: Double) -> Double {
        if x.isNaN || abs(x) > 6 { return x.isNaN ? x : x > 0 ? 1 : -1 }
        var (term, sum) = (x, x)
        for i in 1..<160 {
          term *= 2 * x * x / Double(2 * i + 1)
          sum += term
          if abs(term) <= abs(sum) * 1e-17 { break }
        }
        return 1.1283791670955126 * exp(-x * x) * sum
      }
      """, "exp"),
    "tanh": Definition(
      """
      private static func tanh(_ x: Double) -> Double {
        if abs(x) > 20 { return x > 0 ? 1 : -1 }
        let power = expMinusOne(2 * abs(x))
        return x < 0 ? -power / (power + 2) : power / (power + 2)
      }
      """, "expMinusOne"),
    "sinh": Definition(
      """
      private static func sinh(_ x: Double) -> Double {
        let power = expMinusOne(abs(x))
        let value = power == .infinity ? power : (power + power / (power + 1)) / 2
        return x < 0 ? -value : value
      }
      """, "expMinusOne"),
    "cosh": Definition("private static func cosh(_ x: Double) -> Double { (exp(x) + exp(-x)) / 2 }", "exp"),
    "asinh": Definition(
      """
      private static func asinh(_ x: Double) -> Double {
        let size = abs(x)
        let value =
          size > 1e100
          ? log(size) + 0.6931471805599453 : logOnePlus(size + size * size / (1 + sqrt(size * size + 1)))
        return x < 0 ? -value : value
      }
      """, "log", "logOnePlus", "sqrt"),
    "acosh": Definition(
      """
      private static func acosh(_ x: Double) -> Double {
        x > 1e100 ? log(x) + 0.6931471805599453 : logOnePlus(x - 1 + sqrt((x - 1) * (x + 1)))
      }
      """, "log", "logOnePlus", "sqrt"),
    "atanh": Definition(
      "private static func atanh(_ x: Double) -> Double { (logOnePlus(x) - logOnePlus(-x)) / 2 }", "logOnePlus"),
    "atan": Definition(
      """
      private static func atan(_ x: Double) -> Double {
        if abs(x) > 1 { return (x > 0 ? 1.5707963267948966 : -1.5707963267948966) - atan(1 / x) }
        var rest = x
        for _ in 0..<2 { rest /= 1 + sqrt(1 + rest * rest) }
        var sum = 0.0
        for i in 0..<13 { sum = 1 / Double(25 - 2 * i) - sum * rest * rest }
        return 4 * rest * sum
      }
      """, "sqrt"),
    "asin": Definition(
      "private static func asin(_ x: Double) -> Double { atan(x / sqrt((1 - x) * (1 + x))) }", "atan", "sqrt"),
    "acos": Definition(
      """
      private static func acos(_ x: Double) -> Double {
        2 * (1.5707963267948966 / 2 - atan(x / (1 + sqrt((1 - x) * (1 + x)))))
      }
      """, "atan"),
    "sin": Definition(
      """
      /// The sine; exact to nine digits for angles up to a million.
      private static func sin(_ x: Double) -> Double {
        let turns = nearest(x * 0.6366197723675814)
        let rest = (x - turns * 1.5707963267341256) - turns * 6.077100506506192e-11
        let quarter = turns - 4 * floor(turns / 4)
        let isCosine = quarter == 1 || quarter == 3
        var sum = 1.0
        for i in 0..<9 {
          let last = Double(18 - 2 * i) + (isCosine ? 0 : 1)
          sum = 1 - sum * rest * rest / (last * (last - 1))
        }
        return (quarter > 1 ? -sum : sum) * (isCosine ? 1 : rest)
      }
      """, "nearest", "floor"),
    "cos": Definition("private static func cos(_ x: Double) -> Double { sin(x + 1.5707963267948966) }", "sin"),
    "tan": Definition("private static func tan(_ x: Double) -> Double { sin(x) / cos(x) }", "sin", "cos"),
    "larger": Definition("private static func larger(_ a: Float, _ b: Float) -> Float { b > a ? b : a }"),
    "largerDouble": Definition("private static func larger(_ a: Double, _ b: Double) -> Double { b > a ? b : a }"),
    "smaller": Definition("private static func smaller(_ a: Float, _ b: Float) -> Float { b < a ? b : a }"),
    "smallerDouble": Definition("private static func smaller(_ a: Double, _ b: Double) -> Double { b < a ? b : a }"),
    "lookup": Definition(lookup("Float")),
    "lookupDouble": Definition(lookup("Double")),
    "sort": Definition(sort("Float")),
    "sortDouble": Definition(sort("Double")),
  ]

  private static func lookup(_ type: String) -> String {
    """
    private static func lookup(_ rows: [\(type)], _ count: Int, _ width: Int, _ row: \(type), _ column: Int) -> \(type) {
      guard row >= 0, row < \(type)(count), \(type)(Int(row)) == row else { return .nan }
      return rows[Int(row) * width + column]
    }
    """
  }

  private static func sort(_ type: String) -> String {
    """
    private static func sortDescending(_ x: inout [\(type)], _ first: Int, _ count: Int) {
      for i in 1..<max(count, 1) {
        let value = x[first + i]
        var j = i
        while j > 0, x[first + j - 1] < value {
          x[first + j] = x[first + j - 1]
          j -= 1
        }
        x[first + j] = value
      }
    }
    """
  }
}
