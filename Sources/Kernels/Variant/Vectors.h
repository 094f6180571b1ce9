// Sums, checks and copies.

KERNEL(double, sum)(size_t n, const float *x) {
  D sum = 0.0;
  EACH(n, sum += WIDEN(load(x + i, count)););
  return SUM_DOUBLES(sum);
}

KERNEL(double, sum_of_squares)(size_t n, const float *x) {
  D sum = 0.0;
  EACH(n, const D v = WIDEN(load(x + i, count)); sum += v * v;);
  return SUM_DOUBLES(sum);
}

/// The largest |x| as bits: they are ordered as the magnitudes are, with NaN above ∞.
INLINE int32_t largest_bits(size_t n, const float *x) {
  I top = 0;
  EACH(n, const I bits = (I)load(x + i, count) & 0x7fffffff; top = GREATER(bits, top););
  return FOLD(LANES, GREATER, top);
}

KERNEL(float, max_abs)(size_t n, const float *x) {
  return ((union { int32_t bits; float value; }){.bits = largest_bits(n, x)}).value;
}

KERNEL(bool, all_finite)(size_t n, const float *x) { return largest_bits(n, x) < 0x7f800000; }

KERNEL(void, axpy)(size_t n, float a, const float *restrict x, float *restrict y) {
  EACH(n, store(y + i, count, load(x + i, count) * a + load(y + i, count)););
}

KERNEL(void, scale)(size_t n, float a, const float *x, float *y) {
  EACH(n, store(y + i, count, load(x + i, count) * a););
}

KERNEL(void, gather_rows)(const float *restrict x, size_t width, const size_t *restrict indices, size_t count,
                          float *restrict y) {
  for (size_t r = 0; r < count; ++r, y += width) {
    const float *row = x + indices[r] * width;
    EACH(width, store(y + i, count, load(row + i, count)););
  }
}
