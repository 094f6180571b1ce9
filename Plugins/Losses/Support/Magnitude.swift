import GliaCore

/// |x|. Its slope is 0 at 0, halfway between the slopes to both sides, so that a prediction that is right stays.
func magnitude<T: DifferentiableScalar>(of x: T) -> T { x < 0 ? -x : x == 0 ? 0 : x }
