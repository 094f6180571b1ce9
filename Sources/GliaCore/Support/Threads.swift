import GliaKernels

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The number of threads that share large tasks, for the whole process.
///
/// Results are bit-identical for any number of threads. Initially it is the environment variable `GLIA_THREADS`, otherwise the
/// number of processors; no thread is started before there is work for it.
public enum Threads {
  /// The number of threads, including the calling one, from 1 to 256.
  public static var count: Int {
    get { glia_threads() }
    set { glia_set_threads(max(newValue, 1)) }
  }

  /// The error in the environment variable `GLIA_THREADS`, if it is not the number in use; read it before ``count`` is set.
  public static var warning: GliaError? {
    guard let text = ProcessInfo.processInfo.environment["GLIA_THREADS"], Int(text) != count else { return nil }
    return GliaError(
      "'\(text.excerpt)' is not a valid number of threads; \(count == 1 ? "1 is" : "\(count) are") used",
      at: "GLIA_THREADS",
      expected: "a whole number from 1 to 256")
  }

  /// Calls `body` once for each number below `parts`, on several threads if they are free and the work is large enough;
  /// `nanoseconds` is a rough estimate for one thread.
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
