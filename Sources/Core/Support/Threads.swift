import GliaKernels

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How many threads share large work, in the whole process.
///
/// Results have the same bits for any number. At first it is the environment's `GLIA_THREADS`, else the number of
/// processors; no thread is started before there is work for it.
public enum Threads {
  /// The number of threads, the calling one included, from 1 to 256.
  public static var count: Int {
    get { glia_threads() }
    set { glia_set_threads(max(newValue, 1)) }
  }

  /// What is wrong with the environment's `GLIA_THREADS`, if it is not the number that counts; to be asked for before
  /// ``count`` is set.
  public static var warning: GliaError? {
    guard let text = ProcessInfo.processInfo.environment["GLIA_THREADS"], Int(text) != count else { return nil }
    return GliaError(
      "'\(text.excerpt)' is not a number of threads; \(count == 1 ? "1 is" : "\(count) are") used", at: "GLIA_THREADS",
      expected: "a whole number from 1 to 256")
  }

  /// Calls `body` once for each number below `parts`, on several threads at once where they are free and the work, which
  /// takes one thread about so many nanoseconds, is worth it.
  static func share(_ parts: Int, nanoseconds: Int, _ body: (Int) -> Void) {
    guard parts > 1 else {
      if parts == 1 { body(0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      var body = body
      withUnsafeMutablePointer(to: &body) { pointer in
        glia_parallel(
          parts, max(nanoseconds, 0),
          { context, part in context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(part) },
          pointer)
      }
    }
  }
}
