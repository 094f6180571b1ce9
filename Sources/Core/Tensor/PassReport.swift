/// What the layers of a pass report: the penalty on their activities, and the first fault of one of them.
///
/// It is a reference that nobody counts; whoever made it keeps it until ``free()``.
@usableFromInline
struct PassReport: @unchecked Sendable {
  private struct Contents {
    var penalty: Float = 0
    var fault: String?
    var layer: String?
  }

  private let contents: UnsafeMutablePointer<Contents>
  /// Whether a layer reached for something that is not there.
  private let isFaulty: UnsafeMutablePointer<Bool>

  init() {
    contents = .allocate(capacity: 1)
    contents.initialize(to: Contents())
    isFaulty = .allocate(capacity: 1)
    isFaulty.initialize(to: false)
  }

  func free() {
    contents.deinitialize(count: 1)
    contents.deallocate()
    isFaulty.deallocate()
  }

  var penalty: Float {
    get { contents.pointee.penalty }
    nonmutating set { contents.pointee.penalty = newValue }
  }

  @usableFromInline @inline(never)
  func note(_ fault: String) {
    if !isFaulty.pointee { contents.pointee.fault = fault }
    isFaulty.pointee = true
  }

  @usableFromInline @inline(never)
  func noteOutside(_ i: Int, _ count: Int) { note("[\(i)] of \(count) numbers") }

  @usableFromInline @inline(never)
  func noteOutside(_ i: Int, _ j: Int, _ rows: Int, _ columns: Int) {
    note("[\(i), \(j)] of \(rows) rows and \(columns) columns")
  }

  @usableFromInline @inline(never)
  func noteOutside(_ i: Int, _ j: Int, _ k: Int, _ rows: Int, _ depth: Int, _ columns: Int) {
    note("[\(i), \(j), \(k)] of a tensor of \(rows / max(depth, 1)) × \(depth) × \(columns)")
  }

  @usableFromInline @inline(never)
  func noteUnequal(_ count: Int, _ other: Int) { note("\(count) numbers where there are \(other)") }

  /// Ascribes a new fault to a layer.
  func ascribe(to layer: @autoclosure () -> any Layer) {
    guard isFaulty.pointee, contents.pointee.layer == nil else { return }
    contents.pointee.layer = type(of: layer()).name
  }

  /// Throws what a layer did wrong, if one did.
  func check() throws {
    guard isFaulty.pointee else { return }
    throw GliaError(
      "the layer \(contents.pointee.layer ?? "") reaches for \(contents.pointee.fault ?? "")",
      expected: "what its plan gives it", remedy: "correct the layer or its plan")
  }
}
