// The elementary functions, written once for a scalar and for vectors of any width: no include guard, on purpose.
//
// The includer defines GLIA_F (float or a vector of it), GLIA_I and GLIA_U (signed and unsigned 32-bit integers of the
// same shape) and GLIA_MATH(name), the function's full name. Only what scalars and clang's extended vectors share is
// used: a comparison chooses, nothing branches, and no library function is called. Polynomials are near-minimax fits.

#define GLIA_FUNCTION static inline __attribute__((always_inline, unused)) GLIA_F
#define GLIA_BITS(x) (((union { GLIA_F f; GLIA_I i; }){.f = (x)}).i)
#define GLIA_FROM_BITS(x) (((union { GLIA_I i; GLIA_F f; }){.i = (x)}).f)
#define GLIA_INFINITY ((GLIA_F)__builtin_inff())

GLIA_FUNCTION GLIA_MATH(abs)(GLIA_F x) { return GLIA_FROM_BITS(GLIA_BITS(x) & 0x7fffffff); }

/// |x| with the sign of `sign`.
GLIA_FUNCTION GLIA_MATH(copysign)(GLIA_F x, GLIA_F sign) {
  return GLIA_FROM_BITS((GLIA_BITS(x) & 0x7fffffff) | (GLIA_BITS(sign) & (GLIA_I)(-0x7fffffff - 1)));
}

/// 2ⁿ for -126 <= n <= 127.
GLIA_FUNCTION GLIA_MATH(power_of_two)(GLIA_I n) {
  return GLIA_FROM_BITS((GLIA_I)(((GLIA_U)n + (GLIA_U)(127)) << 23));
}

/// The n and r of x + low = n ln 2 + r, |r| <= 0.347, for |x| < 200; returns r. Adding 1.5 * 2²³ rounds to an integer.
GLIA_FUNCTION GLIA_MATH(reduce)(GLIA_F x, GLIA_F low, GLIA_I *n) {
  const GLIA_F rounded = x * 1.44269504f + 12582912.0f;
  const GLIA_F whole = rounded - 12582912.0f;
  *n = GLIA_BITS(rounded) - 0x4b400000;
  return ((x - whole * 0.693359375f) - whole * -2.12194440e-4f) + low;
}

/// (eʳ - 1 - r) / r² for |r| <= 0.347.
GLIA_FUNCTION GLIA_MATH(exp_series)(GLIA_F r) {
  GLIA_F q = r * 0.0013926376f + 0.0083633335f;
  q = q * r + 0.041666552f;
  q = q * r + 0.16666576f;
  return q * r + 0.5f;
}

/// e^(x + low) for |low| < 0.01: the exponent in two parts keeps the relative accuracy of far tails.
GLIA_FUNCTION GLIA_MATH(exp_sum)(GLIA_F x, GLIA_F low) {
  x = x > 89.0f ? (GLIA_F)(89.0f) : x;
  x = x < -104.0f ? (GLIA_F)(-104.0f) : x;
  GLIA_I n;
  const GLIA_F r = GLIA_MATH(reduce)(x, low, &n);
  const GLIA_F y = (r * r * GLIA_MATH(exp_series)(r) + r) + 1.0f;
  const GLIA_I half = n >> 1;
  return y * GLIA_MATH(power_of_two)(half) * GLIA_MATH(power_of_two)(n - half);
}

/// eˣ
GLIA_FUNCTION GLIA_MATH(exp)(GLIA_F x) { return GLIA_MATH(exp_sum)(x, (GLIA_F)(0.0f)); }

/// eˣ - 1, relatively accurate near 0.
GLIA_FUNCTION GLIA_MATH(expm1)(GLIA_F x) {
  GLIA_F t = x > 89.0f ? (GLIA_F)(89.0f) : x;
  t = t < -18.0f ? (GLIA_F)(-18.0f) : t;
  GLIA_I n;
  const GLIA_F r = GLIA_MATH(reduce)(t, (GLIA_F)(0.0f), &n);
  const GLIA_F p = r * (r * GLIA_MATH(exp_series)(r)) + r;
  const GLIA_F half = GLIA_MATH(power_of_two)(n - 1);
  const GLIA_F y = ((half - 0.5f) + half * p) * 2.0f;
  return x == 0.0f ? x : n == 0 ? p : y;
}

/// ln(1 + f) for √½ - 1 <= f <= √2 - 1, plus n ln 2.
GLIA_FUNCTION GLIA_MATH(log_series)(GLIA_F f, GLIA_F n) {
  GLIA_F p = f * 0.06971612f + -0.11479734f;
  p = p * f + 0.1168542f;
  p = p * f + -0.12425687f;
  p = p * f + 0.14249058f;
  p = p * f + -0.16667803f;
  p = p * f + 0.20000716f;
  p = p * f + -0.24999997f;
  p = p * f + 0.3333333f;
  const GLIA_F square = f * f;
  const GLIA_F y = (square * f * p + n * -2.12194440e-4f) - square * 0.5f;
  return (y + f) + n * 0.693359375f;
}

/// ln x: NaN below 0, -∞ at 0.
GLIA_FUNCTION GLIA_MATH(log)(GLIA_F x) {
  const GLIA_F scaled = x < 1.17549435e-38f ? x * 8388608.0f : x;
  const GLIA_I bits = GLIA_BITS(scaled);
  const GLIA_I n = (bits - 0x3f3504f3) >> 23;
  const GLIA_F f = GLIA_FROM_BITS(bits - (GLIA_I)((GLIA_U)n << 23)) - 1.0f;
  const GLIA_F shift = x < 1.17549435e-38f ? (GLIA_F)(12582935.0f) : (GLIA_F)(12582912.0f);
  const GLIA_F whole = GLIA_FROM_BITS(n + 0x4b400000) - shift;
  const GLIA_F y = GLIA_MATH(log_series)(f, whole);
  const GLIA_F outside = x == 0.0f ? -GLIA_INFINITY : (GLIA_F)(__builtin_nanf(""));
  return x > 0.0f ? (x == GLIA_INFINITY ? x : y) : outside;
}

/// ln(1 + x), relatively accurate near 0.
GLIA_FUNCTION GLIA_MATH(log1p)(GLIA_F x) {
  const GLIA_F u = x + 1.0f;
  const GLIA_F lost = x > 1.0f ? 1.0f - (u - x) : x - (u - 1.0f);
  const GLIA_F y = GLIA_MATH(log)(u);
  const GLIA_F z = u == 1.0f ? x : y + lost / u;
  return u > 0.0f ? (u == GLIA_INFINITY ? u : z) : y;
}

/// ln(1 + t) for 0 <= t <= 1.
GLIA_FUNCTION GLIA_MATH(log1p_unit)(GLIA_F t) {
  const GLIA_F f = t > 0.41421356f ? t * 0.5f - 0.5f : t;
  return GLIA_MATH(log_series)(f, t > 0.41421356f ? (GLIA_F)(1.0f) : (GLIA_F)(0.0f));
}

/// ln(1 + eˣ) = max(x, 0) + ln(1 + e^-|x|)
GLIA_FUNCTION GLIA_MATH(softplus)(GLIA_F x) {
  const GLIA_F t = GLIA_MATH(exp)(-GLIA_MATH(abs)(x));
  return (x > 0.0f ? x : (GLIA_F)(0.0f)) + GLIA_MATH(log1p_unit)(t);
}

/// 1 / (1 + e⁻ˣ)
GLIA_FUNCTION GLIA_MATH(sigmoid)(GLIA_F x) {
  const GLIA_F t = GLIA_MATH(exp)(-GLIA_MATH(abs)(x));
  return (x > 0.0f ? (GLIA_F)(1.0f) : t) / (t + 1.0f);
}

/// tanh x = (e²ˣ - 1) / (e²ˣ + 1)
GLIA_FUNCTION GLIA_MATH(tanh)(GLIA_F x) {
  GLIA_F t = GLIA_MATH(abs)(x);
  t = t > 9.1f ? (GLIA_F)(9.1f) : t;
  const GLIA_F m = GLIA_MATH(expm1)(t + t);
  return GLIA_MATH(copysign)(m / (m + 2.0f), x);
}

/// The factor h of the normal distribution's tail Φ(-a) = exp(-a²/2) h(a), for 0 <= a <= 15.
GLIA_FUNCTION GLIA_MATH(normal_tail_factor)(GLIA_F a) {
  const GLIA_F r = 1.0f / (a + 4.0f);
  const GLIA_F u = (a + a) * r - 1.0f;
  GLIA_F h = u * -0.00012555839f + 0.00018899652f;
  h = h * u + 0.0015668817f;
  h = h * u + -0.0035209728f;
  h = h * u + -0.0075254026f;
  h = h * u + 0.060406186f;
  h = h * u + -0.1865233f;
  h = h * u + 0.3871367f;
  h = h * u + -0.60789657f;
  h = h * u + 0.75528514f;
  return h * r;
}

/// The square of a in two parts, the first exact.
GLIA_FUNCTION GLIA_MATH(square)(GLIA_F a, GLIA_F *low) {
  const GLIA_F top = GLIA_FROM_BITS(GLIA_BITS(a) & (GLIA_I)(-4096));
  *low = (a - top) * (a + top);
  return top * top;
}

/// erf x = 2/√π ∫₀ˣ exp(-t²) dt
GLIA_FUNCTION GLIA_MATH(erf)(GLIA_F x) {
  GLIA_F t = GLIA_MATH(abs)(x);
  t = t > 5.0f ? (GLIA_F)(5.0f) : t;
  const GLIA_F s = t * t;
  GLIA_F p = s * 8.387074e-05f + -0.0008147081f;
  p = p * s + 0.005201456f;
  p = p * s + -0.026859589f;
  p = p * s + 0.112836994f;
  p = p * s + -0.37612635f;
  p = p * s + 0.12837917f;
  GLIA_F low;
  const GLIA_F high = GLIA_MATH(square)(t, &low);
  const GLIA_F tail = GLIA_MATH(normal_tail_factor)(t * 1.41421356f) * GLIA_MATH(exp_sum)(-high, -low);
  return GLIA_MATH(copysign)(t < 0.92f ? t * p + t : 1.0f - 2.0f * tail, x);
}

/// The h and exp(-a²/2) of Φ(-a) = exp(-a²/2) h(a), where a is |z| cut at 15.
GLIA_FUNCTION GLIA_MATH(normal_tail)(GLIA_F z, GLIA_F *a, GLIA_F *bell) {
  const GLIA_F t = GLIA_MATH(abs)(z);
  *a = t > 15.0f ? (GLIA_F)(15.0f) : t;
  GLIA_F low;
  const GLIA_F high = GLIA_MATH(square)(*a, &low);
  *bell = GLIA_MATH(exp_sum)(high * -0.5f, low * -0.5f);
  return GLIA_MATH(normal_tail_factor)(*a);
}

/// z Φ(z) = ½ z (1 + erf(z / √2))
GLIA_FUNCTION GLIA_MATH(gelu)(GLIA_F z) {
  GLIA_F a, bell;
  const GLIA_F h = GLIA_MATH(normal_tail)(z, &a, &bell);
  return GLIA_MATH(copysign)(z > 0.0f ? z * (1.0f - h * bell) : a * h * bell, z);
}

/// Φ(z) + z φ(z), the derivative of gelu.
GLIA_FUNCTION GLIA_MATH(gelu_derivative)(GLIA_F z) {
  GLIA_F a, bell;
  const GLIA_F h = GLIA_MATH(normal_tail)(z, &a, &bell);
  const GLIA_F lower = (h - a * 0.39894228f) * bell;
  return z > 0.0f ? 1.0f - lower : lower;
}

/// z σ(2u), u = √(2/π) (z + 0.044715 z³): the tanh approximation of gelu.
GLIA_FUNCTION GLIA_MATH(gelu_tanh)(GLIA_F z) {
  GLIA_F t = z > 15.0f ? (GLIA_F)(15.0f) : z;
  t = t < -15.0f ? (GLIA_F)(-15.0f) : t;
  const GLIA_F y = GLIA_MATH(sigmoid)(t * (t * t * 0.0713548162726f + 1.59576912161f));
  return (z > 0.0f ? z : t) * y;
}

/// σ(2u) + 2 z σ(2u) σ(-2u) u′, the derivative of gelu's tanh approximation.
GLIA_FUNCTION GLIA_MATH(gelu_tanh_derivative)(GLIA_F z) {
  GLIA_F t = z > 15.0f ? (GLIA_F)(15.0f) : z;
  t = t < -15.0f ? (GLIA_F)(-15.0f) : t;
  const GLIA_F s = t * t;
  const GLIA_F v = t * (s * 0.0713548162726f + 1.59576912161f);
  const GLIA_F e = GLIA_MATH(exp)(-GLIA_MATH(abs)(v));
  const GLIA_F r = 1.0f / (e + 1.0f);
  return (v > 0.0f ? r : e * r) + t * (e * r * r) * (s * 0.2140644488178f + 1.59576912161f);
}

#undef GLIA_FUNCTION
#undef GLIA_BITS
#undef GLIA_FROM_BITS
#undef GLIA_INFINITY
