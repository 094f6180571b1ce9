import Synchronization

/// The workspaces that copies of a network reuse for their predictions, so that small ones need not be allocated each time.
final class WorkspacePool: Sendable {
  private let idle = Mutex<[[Workspace]]>([])
  /// Larger ones are freed: they would occupy memory, and passes through them take so long that allocation does not matter.
  private static let largest = 1 << 18

  /// Returns one workspace per part, for passes of `rows` samples through the layers of `network`, which is the same for every
  /// call.
  func borrow(_ parts: Int, for network: Network, rows: Int) throws -> [Workspace] {
    let known = idle.withLock { idle in
      idle.lastIndex { $0.count >= parts && $0[0].batch >= rows }.map { idle.remove(at: $0) }
    }
    if let known { return known }
    return try (0..<parts).map { _ in
      try Workspace(layers: network.layers, plan: network.plan, input: network.input, batch: max(rows, 1))
    }
  }

  /// Keeps the borrowed workspaces for the next prediction.
  func giveBack(_ borrowed: [Workspace]) {
    guard borrowed[0].count <= Self.largest else { return }
    idle.withLock { idle in
      if idle.count < Threads.count { idle.append(borrowed) }
    }
  }
}
