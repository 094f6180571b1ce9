import Synchronization

/// The record of a formula: for each number, its two operands and its derivatives with respect to them.
///
/// Its memory is reused from pass to pass, also by the training step of ``FormulaLayer``.
@usableFromInline
final class Tape: @unchecked Sendable {
  @usableFromInline
  struct Node {
    @usableFromInline var a: Int32
    @usableFromInline var b: Int32
    @usableFromInline var slopeA: Lanes
    @usableFromInline var slopeB: Lanes
    @inlinable
    init(_ a: Int32, _ slopeA: Lanes, _ b: Int32, _ slopeB: Lanes) {
      (self.a, self.slopeA, self.b, self.slopeB) = (a, slopeA, b, slopeB)
    }
  }

  @usableFromInline private(set) var nodes: UnsafeMutablePointer<Node>
  @usableFromInline private(set) var slopes: UnsafeMutablePointer<Lanes>
  @usableFromInline var count = 0
  @usableFromInline private(set) var capacity = 1 << 10
  /// Whether there were more operations than can be recorded in memory.
  @usableFromInline private(set) var isFull = false
  /// Memory for the inputs, parameters and outputs of a formula.
  private var numbers: UnsafeMutableRawBufferPointer

  init() {
    nodes = .allocate(capacity: capacity)
    slopes = .allocate(capacity: capacity)
    numbers = .allocate(byteCount: 1 << 12, alignment: 64)
  }

  deinit {
    nodes.deallocate()
    slopes.deallocate()
    numbers.deallocate()
  }

  /// Allocates more memory, unless too little is available; such a formula is rejected when the network is built.
  @usableFromInline
  func grow() {
    guard !isFull else {
      count -= 1
      return
    }
    let bytes = 2 * capacity * (MemoryLayout<Node>.stride + MemoryLayout<Lanes>.stride)
    guard (try? Memory.require(floats: bytes / 4, for: "the record of a formula", share: 0.15)) != nil, count < 1 << 30
    else {
      (isFull, count) = (true, count - 1)
      return
    }
    let larger = UnsafeMutablePointer<Node>.allocate(capacity: 2 * capacity)
    larger.update(from: nodes, count: count)
    nodes.deallocate()
    slopes.deallocate()
    (nodes, slopes, capacity) = (larger, .allocate(capacity: 2 * capacity), 2 * capacity)
  }

  /// Records a number and returns its index.
  @inlinable @inline(__always)
  func append(_ a: Int32, _ slopeA: Lanes, _ b: Int32, _ slopeB: Lanes) -> Int32 {
    if count == capacity { grow() }
    (nodes + count).initialize(to: Node(a, slopeA, b, slopeB))
    count += 1
    return Int32(truncatingIfNeeded: count - 1)
  }

  /// Records a number without operands: an input or a parameter.
  @inlinable
  func leaf(_ value: Lanes) -> Traced { Traced(value, index: append(-1, .zero, -1, .zero), tape: self) }

  /// Returns the gradient with respect to a number.
  @inlinable
  func slope(of number: Traced) -> Lanes { number.index < 0 ? .zero : slopes[Int(number.index)] }

  /// Propagates the gradients back from the end of the tape to its start.
  @inlinable
  func sweep() {
    var i = count - 1
    while i >= 0 {
      let node = nodes[i]
      if node.a >= 0 {
        let slope = slopes[i]
        slopes[Int(node.a)].values += slope.values * node.slopeA.values
        if node.b >= 0 { slopes[Int(node.b)].values += slope.values * node.slopeB.values }
      }
      i -= 1
    }
  }

  /// Returns memory for `count` numbers of a formula, valid until the next call.
  @usableFromInline
  func room<T: DifferentiableNumber>(_ count: Int, of type: T.Type) -> UnsafeMutablePointer<T> {
    let bytes = max(count, 1) * MemoryLayout<T>.stride
    if numbers.count < bytes {
      numbers.deallocate()
      numbers = .allocate(byteCount: 2 * bytes, alignment: 64)
    }
    return numbers.baseAddress.unsafelyUnwrapped.bindMemory(to: T.self, capacity: max(count, 1))
  }

  private static let idle = Mutex<[Tape]>([])
  /// Longer tapes are freed after use, because they would occupy memory.
  private static let longest = 1 << 20

  /// Lends a tape to a pass.
  @usableFromInline
  static func borrow() -> Tape { idle.withLock { $0.popLast() } ?? Tape() }

  @usableFromInline
  func giveBack() {
    count = 0
    guard capacity <= Tape.longest, !isFull else { return }
    Tape.idle.withLock { if $0.count < 64 { $0.append(self) } }
  }
}
