import GliaCore
import Testing

@Suite struct JSONTests {
  @Test func keepsTheOrderOfKeysButComparesWithoutIt() {
    let first: JSON = ["b": 1, "a": 2]
    let second: JSON = ["a": 2, "b": 1]
    #expect(first.object?.keys == ["b", "a"])
    #expect(first == second)
    #expect(first.hashValue == second.hashValue)
    #expect(first != ["a": 2, "b": 1, "c": 3])
    #expect(first != ["a": 2, "b": 3])
  }

  @Test func givesNumbersTheirShortestDecimal() {
    #expect(JSON(Float(0.1)) == .number("0.1"))
    #expect(JSON(Double(Float(0.1))) == .number("0.10000000149011612"))
    #expect(JSON(UInt64.max) == .number("18446744073709551615"))
    #expect(JSON(Float.infinity) == .null)
    #expect(JSON(Double.nan, orElse: "nan") == "nan")
    #expect([0.5, 1e-8] as JSON == .array([.number("0.5"), .number("1e-08")]))
  }

  @Test func readsNumbers() {
    for text in ["8", "8.0", "800e-2", "0.8e1", "0.008E+3", "80000e-4"] { #expect(JSON.number(text).int == 8) }
    #expect(JSON.number("1e3").int == 1000)
    #expect(JSON.number("-12.50e2").int == -1250)
    #expect(JSON.number("9223372036854775807").int == Int.max)
    #expect(JSON.number("-9.223372036854775808e18").int == Int.min)
    for text in ["-0", "0.000", "0e999999999999999999999", "-0.0e-7"] { #expect(JSON.number(text).int == 0) }
    for text in ["4.5", "1e-1", "9223372036854775808", "1e19", "1e999999999999999999999", "1e-999999999999999999999"] {
      #expect(JSON.number(text).int == nil)
    }
    let long = String(repeating: "1", count: 100_000)
    #expect(JSON.number(long + "e-100000").int == nil)
    #expect(JSON.number("1" + String(repeating: "0", count: 100_000) + "e-100000").int == 1)
    #expect(JSON.number("0.1").float == 0.1)
    #expect(JSON.number("1e60").float == nil)
    #expect(JSON.number("1e60").double == 1e60)
    #expect(JSON.number("1e-60").float == 0)
    #expect(JSON.string("8").int == nil)
  }

  @Test func givesItsParts() {
    let json: JSON = ["a": [1, "x", true], "b": .null]
    #expect(json["a"]?[1]?.string == "x")
    #expect(json["a"]?[2]?.bool == true)
    #expect(json["a"]?[3] == nil)
    #expect(json["a"]?[-1] == nil)
    #expect(json["b"] == .some(.null))
    #expect(json["c"] == nil)
    #expect(json[0] == nil)
  }

  @Test func tellsWhatItIs() {
    #expect(JSON.number("4.5").found == "the number 4.5")
    #expect(JSON.string("four").found == "text \"four\"")
    #expect(JSON.string("\u{1B}[31m\u{202E}").found == "text \"\\u{1B}[31m\\u{202E}\"")
    #expect(JSON.string(String(repeating: "x", count: 1_000_000)).found.count == 70)
    #expect(JSON.null.found == "null")
    #expect(JSON.bool(true).found == "true")
    #expect(JSON.array([]).found == "an array")
    #expect(JSON.object([:]).found == "an object")
  }
}
