import Foundation

/// What all calls of the operating system need.
enum SystemCall {
  /// The most bytes that one call reads or writes: more than 2 GB are refused on some systems.
  static let largestChunk = 1 << 30

  /// The answer of `call`, made again whenever a signal interrupted it.
  static func retrying<Answer: SignedInteger>(_ call: () -> Answer) -> Answer {
    while true {
      let answer = call()
      if answer >= 0 || errno != EINTR { return answer }
    }
  }

  /// Why the last call failed, such as `No space left on device`.
  static var reason: String { String(cString: strerror(errno)) }

  /// Whether a path can be handed to the system: a zero byte would silently cut it short.
  static func accepts(_ path: String) -> Bool { !path.isEmpty && !path.utf8.contains(0) }

  /// The kind and size of what `path` leads to, through symbolic links; `nil` if there is nothing.
  static func status(of path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }
}

extension stat {
  var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
}
