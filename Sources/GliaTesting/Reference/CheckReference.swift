import GliaCore

/// Compares components with reference cases computed by other programs, such as `Tests/Fixtures/activations.json`.
///
/// The file is a list of cases. Each has a `kind`, a `component` as in an experiment, and numbers:
///
/// | kind | numbers of a case | tolerance |
/// |---|---|---|
/// | `activation` | `x`, `y`, `dydx`; `kinks`, `y_at_kinks`; or `shape`, `x`, `y`, `upstream`, `dx` | 1e-6 + 1e-5 relative |
/// | `loss` | `shape`, `prediction`, `target_shape`, `target`, `value`, `gradient`; `through` an activation | the same |
/// | `regularizer` | `shape`, `weight`, `penalty`, `gradient` | the same |
/// | `optimizer` | `start`, `gradients`, `trajectory`; `shapes` cut `start` into tensors, in order; `presented`: the weights to evaluate after each step | 1e-5, relative above 1 |
/// | `schedule` | `learning_rate`, `rates` | 1e-5, relative above 1 |
/// | `training` | `network`, `training`, `x_shape`, `x`, `y_shape`, `y`, `initial`, `loss_before_each_step`, `final` | weights 1e-5 + 1e-5 relative, losses as values |
///
/// A case with `optimizer` instead of `kind` compares the minimum that a full-batch solver finds with SciPy's: `lbfgs` with
/// `x`, `y`, `l2`, `outputs`, `activation`, `initial`, `iterations` and `objective` (1e-6 relative); `levenberg_marquardt`
/// with `x`, `y`, `widths`, `initial` and `mean_squared_error` (at most 1.02 times as much).
///
/// A case with an unknown component or inconsistent numbers gives a failed result with the reason.
///
/// - Parameters:
///   - cases: the contents of the file.
///   - registry: the registry for the components.
/// - Returns: one result for every quantity of every case; the check is named `case <index>: <quantity>`.
/// - Throws: `GliaError` if `cases` is not a list or is empty.
public func checkReference(_ cases: JSON, registry: Registry) throws -> [CheckResult] {
  guard case .array(let items) = cases, !items.isEmpty else {
    throw GliaError(
      "expected reference cases, but found \(cases.array == nil ? cases.found : "an empty list")",
      expected: "a list of cases, each an object with \"kind\" and \"component\"")
  }
  return items.enumerated().flatMap { checkReferenceCase($1, index: $0, registry: registry) }
}

private func checkReferenceCase(_ json: JSON, index: Int, registry: Registry) -> [CheckResult] {
  var found: Findings
  do {
    let given = try ReferenceCase(json, index: index)
    let kind = given.kind == "solver" ? .optimizer : ComponentKind(rawValue: given.kind.excerpt)
    found = Findings(kind, given.componentName)
    do {
      switch given.kind {
      case "activation": try given.checkActivation(registry, &found)
      case "loss": try given.checkLoss(registry, &found)
      case "optimizer": try given.checkOptimizer(registry, &found)
      case "regularizer": try given.checkRegularizer(registry, &found)
      case "schedule": try given.checkSchedule(registry, &found)
      case "solver": try given.checkSolver(registry, &found)
      case "training": try given.checkTraining(registry, &found)
      default:
        throw GliaError(
          "unknown kind '\(given.kind.excerpt)'", at: given.place("kind"),
          expected: "activation, loss, optimizer, regularizer, schedule or training")
      }
    } catch { found.fail("case \(index): as described", "\(error)") }
  } catch {
    found = Findings(ComponentKind(rawValue: "case"), "\(index)")
    found.fail("case \(index): as described", "\(error)")
  }
  return found.results
}
