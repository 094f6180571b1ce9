import Dispatch
import Foundation
import Synchronization

/// Listens for SIGINT and SIGTERM: while a training runs, the first asks it to stop; any other ends the program at once.
final class Interruption {
  /// The signal that asked a training to stop.
  final class Request: Sendable {
    private let received = Atomic<Int32>(0)
    private let isHeeded = Atomic<Bool>(false)

    /// Its number; nil as long as none came.
    var signal: Int32? {
      let number = received.load(ordering: .relaxed)
      return number == 0 ? nil : number
    }

    /// Says that somebody looks at ``signal`` from now on.
    func heed() { isHeeded.store(true, ordering: .relaxed) }

    fileprivate func receive(_ number: Int32) {
      let isFirst = received.compareExchange(expected: 0, desired: number, ordering: .relaxed).exchanged
      guard isFirst, isHeeded.load(ordering: .relaxed) else { _exit(128 + number) }
    }
  }

  let request = Request()
  private let sources: [any DispatchSourceSignal]

  /// Begins to listen.
  init() {
    let queue = DispatchQueue(label: "glia.signals")
    sources = [SIGINT, SIGTERM].map { [request] number in
      #if canImport(Darwin)
        // There the source gets a signal beside its handler, which must not end the program.
        signal(number, SIG_IGN)
      #endif
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { request.receive(number) }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
