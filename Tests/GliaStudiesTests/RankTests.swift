import GliaCore
import GliaStudies
import Testing

/// Holm's correction and the tests of several methods, compared with SciPy, statsmodels and scikit-posthocs.
struct RankTests {
  @Test func holmsCorrectionIsThatOfStatsmodels() throws {
    for example in try Fixture.read().holm {
      #expect(agree([try HolmCorrection.corrected(example.pValues)], [example.corrected], within: 1e-12))
    }
    #expect(try HolmCorrection.corrected([]) == [])
    for wrong in [-0.1, 1.1, .nan] {
      #expect(throws: GliaError.self) { try HolmCorrection.corrected([0.5, wrong]) }
    }
  }

  @Test func tablesAgreeWithPeers() throws {
    for example in try Fixture.read().tables {
      let table = try ScoreTable(rows: example.rows)
      let test = FriedmanTest(table)
      #expect(agree([test.averageRanks], [example.averageRanks], within: 1e-12))
      #expect(agrees(test.statistic, example.statistic) && agrees(test.pValue, example.pValue))
      #expect(agrees(test.imanDavenport, example.imanDavenport))
      #expect(agrees(test.imanDavenportPValue, example.imanDavenportPValue))
      let nemenyi = NemenyiTest(table).pValues
      #expect(nemenyi.count == table.methods)
      for (value, expected) in zip(nemenyi.joined(), example.nemenyi.joined()) { #expect(abs(value - expected) < 1e-8) }
      #expect(agree(try ConoverTest(table, correction: .none).pValues, example.conover["none"] ?? []))
      #expect(agree(try ConoverTest(table).pValues, example.conover["holm"] ?? []))
    }
  }

  /// Demšar (2006), table 5: q is 1.960, 2.343, 2.569 and 3.164 for 2, 3, 4 and 10 classifiers at 0.05.
  @Test func criticalDifferencesAreDemsars() throws {
    // Not all of the table's last digits are rounded.
    for (methods, q) in [(2, 1.960), (3, 2.343), (4, 2.569), (10, 3.164)] {
      let unit = (Double(methods * (methods + 1)) / 84).squareRoot()
      #expect(abs(try NemenyiTest.criticalDifference(methods: methods, problems: 14) - q * unit) < 1e-3 * unit)
    }
    // His example of four classifiers on 14 data sets.
    #expect(abs(try NemenyiTest.criticalDifference(methods: 4, problems: 14) - 1.25) < 0.01)
    #expect(throws: GliaError.self) { try NemenyiTest.criticalDifference(methods: 1, problems: 14) }
    #expect(throws: GliaError.self) { try NemenyiTest.criticalDifference(methods: 4, problems: 0) }
    #expect(throws: GliaError.self) { try NemenyiTest.criticalDifference(methods: 4, problems: 9, alpha: 1) }
  }

  @Test func equalMethodsAndEqualRanks() throws {
    let equal = try ScoreTable(rows: [[1, 1, 1], [.infinity, .infinity, .infinity]])
    let test = FriedmanTest(equal)
    #expect(test.statistic == 0 && test.pValue == 1 && test.imanDavenport == 0 && test.imanDavenportPValue == 1)
    #expect(NemenyiTest(equal).pValues == [[Double]](repeating: [1, 1, 1], count: 3))
    #expect(try ConoverTest(equal).pValues == [[Double]](repeating: [1, 1, 1], count: 3))
    let clear = try ScoreTable(rows: [[1, 2, 3], [4, 5, .infinity], [0, 1, 2]])
    #expect(FriedmanTest(clear).statistic == 6 && FriedmanTest(clear).imanDavenport == .infinity)
    // Without variance of the ranks, its t statistic is infinite even for two problems.
    #expect(throws: GliaError.self) { try ConoverTest(clear) }
  }

  @Test func wrongTablesAreRefused() {
    let tables: [[[Double]]] = [
      [], [[1, 2]], [[1], [2]], [[1, 2], [1]], [[1, 2], [1, .nan]], [[1, 2], [-.infinity, 1]], [[], []],
    ]
    for rows in tables { #expect(throws: GliaError.self) { try ScoreTable(rows: rows) } }
  }
}
