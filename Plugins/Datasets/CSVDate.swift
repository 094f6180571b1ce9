import GliaCore

/// A part of a date that is a feature.
public enum DatePart: String, Choice {
  /// The year, such as 2024.
  case year
  /// The month, from 1 to 12.
  case month
  /// The day of the month, from 1 to 31.
  case day
  /// The day of the week, from 1 for Monday to 7 for Sunday (ISO 8601).
  case weekday
  /// The hour of the day with its fraction, from 0 to below 24.
  case hour
  /// The seconds since the start of 1970, in UTC unless the cell has an offset.
  case seconds
}

/// A date in the Gregorian calendar, with a time of day if the cell has one.
struct CSVDate {
  let year: Int
  let month: Int
  let day: Int
  /// The seconds since midnight.
  let time: Double
  /// The seconds by which the cell's time is ahead of UTC.
  let offset: Double

  /// Reads `2024-03-31`, `2024/03/31` or `31.3.2024`, and after a blank or `T` a time such as `18:05`, `18:05:30.5Z` or
  /// `18:05+02:00`; nil for any other text. `3/31/2024` and `31/3/2024` cannot be told apart.
  init?(_ text: String) {
    let halves = text.trimmed.split(maxSplits: 1) { $0 == " " || $0 == "T" }
    guard let date = halves.first else { return nil }
    let isGerman = date.contains(".")
    let parts = date.split(separator: isGerman ? "." : date.contains("/") ? "/" : "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Self.whole($0, most: 4) }
    guard parts.count == 3, numbers.count == 3, parts[isGerman ? 2 : 0].count == 4 else { return nil }
    (year, month, day) = (numbers[isGerman ? 2 : 0], numbers[1], numbers[isGerman ? 0 : 2])
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard 1...12 ~= month, 1...days[month - 1] ~= day else { return nil }
    guard halves.count == 2 else {
      (time, offset) = (0, 0)
      return
    }
    guard let clock = Self.clock(halves[1]) else { return nil }
    (time, offset) = clock
  }

  /// Returns a part of the date.
  func value(of part: DatePart) -> Double {
    switch part {
    case .year: Double(year)
    case .month: Double(month)
    case .day: Double(day)
    // 1 January 1970 was a Thursday.
    case .weekday: Double((daysSince1970 % 7 + 10) % 7 + 1)
    case .hour: time / 3600
    case .seconds: Double(daysSince1970) * 86_400 + time - offset
    }
  }

  /// The days since 1 January 1970.
  ///
  /// Source: Hinnant, "chrono-compatible low-level date algorithms" (2013).
  private var daysSince1970: Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Returns the seconds since midnight, and those ahead of UTC.
  private static func clock(_ text: Substring) -> (time: Double, offset: Double)? {
    guard let zone = text.firstIndex(where: { "Z+-".contains($0) }) else { return seconds(text).map { ($0, 0) } }
    guard let time = seconds(text[..<zone]) else { return nil }
    if text[zone] == "Z" { return text[text.index(after: zone)...].isEmpty ? (time, 0) : nil }
    let offset = text[text.index(after: zone)...]
    let whole = offset.contains(":") || offset.count != 4 ? offset : offset.prefix(2) + ":" + offset.suffix(2)
    return seconds(whole).map { (time, text[zone] == "-" ? -$0 : $0) }
  }

  private static func seconds(_ text: Substring) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count, let hour = whole(parts[0], most: 2), let minute = whole(parts[1], most: 2), hour < 24,
      minute < 60
    else { return nil }
    guard parts.count == 3 else { return Double(hour * 3600 + minute * 60) }
    guard let second = Double(decimal: String(parts[2])), 0..<61 ~= second else { return nil }
    return Double(hour * 3600 + minute * 60) + second
  }

  /// Returns the number that up to `most` digits denote.
  private static func whole(_ text: Substring, most: Int) -> Int? {
    guard 1...most ~= text.utf8.count, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
      return nil
    }
    return Int(text)
  }
}
