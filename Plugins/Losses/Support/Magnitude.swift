import GliaCore

/// Returns |x|, with derivative 0 at x = 0, so that exact predictions have gradient 0.
func magnitude<T: DifferentiableScalar>(of x: T) -> T { x < 0 ? -x : x == 0 ? 0 : x }
