import Glia

extension Parsers {
  /// A table; the bits of the first byte select settings, and its last column is the target.
  static func csv(_ bytes: [UInt8]) throws {
    guard let bits = bytes.first else { return }
    func has(_ bit: UInt8) -> Bool { bits & 1 << bit != 0 }
    try withFile(Array(bytes.dropFirst()), "table.csv") { path in
      var source = CSV(path: path, target: [])
      source.decimal = has(0) ? "," : "."
      source.header = !has(1)
      let names = try TableSummary(of: path, like: source).columns.map(\.name)
      source.target = ColumnNames(Array(names.suffix(has(2) ? 2 : 1)))
      source.missing = has(3) ? .mean : has(4) ? .drop : nil
      source.categories = has(5) ? Array(names.prefix(1)) : []
      source.dates = has(6) ? Array(names.dropFirst().prefix(1)) : []
      source.unknown = has(7) ? .ignore : .error
      (source.standardize, source.standardizeTargets) = (has(7), has(7))
      let columns = try source.loadUnstandardized().inputNames
      if has(7) { _ = try source.load() }
      var rows = try CSVFeatureRows(path: path, columns: columns, like: source)
      while try rows.nextPiece(3) != nil {}
    }
  }

  /// Images and labels; the first byte is the length of the labels' file, which follows it.
  static func idx(_ bytes: [UInt8]) throws {
    guard let length = bytes.first else { return }
    try withFile(Array(bytes.dropFirst().prefix(Int(length))), "labels") { labels in
      try withFile(Array(bytes.dropFirst().dropFirst(Int(length))), "images") { images in
        _ = try IDX(images: images, labels: labels, flatten: length.isMultiple(of: 2), standardize: true).load()
      }
    }
  }

  /// A compressed table.
  static func gzip(_ bytes: [UInt8]) throws {
    try withFile(bytes, "table.csv.gz") { path in _ = try TableSummary(of: path) }
  }
}
