/// What the components of a pass or an update report: the penalty on activities, and the first fault of one of them.
///
/// It is a reference that nobody counts; an ``OwnedReport`` keeps it.
@usableFromInline
struct PassReport: @unchecked Sendable {
  private struct Contents {
    var penalty: Float = 0
    var fault: String?
    /// The kind and name of the component that is at fault.
    var component: String?
  }

  private let contents: UnsafeMutablePointer<Contents>
  /// Whether one reached for something that is not there.
  private let isFaulty: UnsafeMutablePointer<Bool>

  fileprivate init() {
    contents = .allocate(capacity: 1)
    contents.initialize(to: Contents())
    isFaulty = .allocate(capacity: 1)
    isFaulty.initialize(to: false)
  }

  fileprivate func free() {
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

  @usableFromInline @inline(never)
  func noteReshaped(_ count: Int, _ rows: Int, _ columns: Int) { note("\(rows) × \(columns) of \(count) numbers") }

  /// Ascribes a new fault to a component.
  func ascribe(to component: @autoclosure () -> any Component) {
    guard isFaulty.pointee, contents.pointee.component == nil else { return }
    let type = type(of: component())
    contents.pointee.component = "\(type.kind) \(type.name)"
  }

  /// Throws what a component did wrong, if one did.
  func check() throws {
    guard isFaulty.pointee else { return }
    throw GliaError(
      "the \(contents.pointee.component ?? "component") reaches for \(contents.pointee.fault ?? "")",
      expected: "what its plan gives it", remedy: "correct the component or its plan")
  }
}

/// A report that lives as long as this does.
final class OwnedReport {
  let value = PassReport()
  deinit { value.free() }
}
