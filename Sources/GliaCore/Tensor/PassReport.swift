/// The results that components report from a pass or an update: the activity penalty, and the first error of a component.
///
/// It is an unowned reference without reference counting; an ``OwnedReport`` owns it.
@usableFromInline
struct PassReport: @unchecked Sendable {
  private struct Contents {
    var penalty: Float = 0
    var fault: String?
    /// The kind and name of the component that caused the error.
    var component: String?
  }

  private let contents: UnsafeMutablePointer<Contents>
  /// Whether a component accessed something that does not exist.
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

  /// Attributes a new error to a component.
  func ascribe(to component: @autoclosure () -> any Component) {
    guard isFaulty.pointee, contents.pointee.component == nil else { return }
    let type = type(of: component())
    contents.pointee.component = "\(type.kind) \(type.name)"
  }

  /// Throws the error of a component, if there is one.
  func check() throws {
    guard isFaulty.pointee else { return }
    throw GliaError(
      "invalid access by the \(contents.pointee.component ?? "component"): \(contents.pointee.fault ?? "")",
      expected: "only what its plan provides", remedy: "correct the component or its plan")
  }
}

/// Owns a report for its lifetime.
final class OwnedReport {
  let value = PassReport()
  deinit { value.free() }
}
