// Softmax, and the binary cross-entropy that is fused with its sigmoid.

INLINE float row_max(size_t n, const float *x) {
  F top = -__builtin_inff();
  EACH(n, const F v = keep(count, load(x + i, count), -__builtin_inff()); top = GREATER(v, top););
  return largest(top);
}

/// Σ exp(x - shift); the terms go to y unless it is NULL.
INLINE float row_exp(size_t n, const float *x, float shift, float *y) {
  F sum = 0.0f;
  EACH(n, const F e = lanes_exp(load(x + i, count) - shift); if (y) store(y + i, count, e);
       sum += keep(count, e, 0.0f););
  return sum_lanes(sum);
}

INLINE void row_scale(size_t n, float factor, float *x) {
  EACH(n, store(x + i, count, load(x + i, count) * factor););
}

/// column = exp(column - the largest) for each lane; returns the sum and, in `top`, the largest.
INLINE F exp_columns(size_t columns, F column[LANES], F *top) {
  F largest = column[0], sum = 0.0f;
  for (size_t c = 1; c < columns; ++c) largest = GREATER(column[c], largest);
  for (size_t c = 0; c < columns; ++c) {
    column[c] = lanes_exp(column[c] - largest);
    sum += column[c];
  }
  *top = largest;
  return sum;
}

/// Rows that fit a vector: LANES of them at a time, a row to a lane.
static void softmax_narrow(size_t rows, size_t columns, const float *x, float *y) {
  for (size_t r = 0; r < rows; r += LANES) {
    const size_t here = rows - r < LANES ? rows - r : LANES;
    F column[LANES], top;
    load_columns(here, columns, x + r * columns, column);
    const F factor = 1.0f / exp_columns(columns, column, &top);
    for (size_t c = 0; c < columns; ++c) column[c] *= factor;
    store_columns(here, columns, column, y + r * columns);
  }
}

KERNEL(void, softmax)(size_t rows, size_t columns, const float *x, float *y) {
  if (columns == 0) return;
  if (columns <= LANES && rows > 2) return softmax_narrow(rows, columns, x, y);
  for (size_t r = 0; r < rows; ++r, x += columns, y += columns) {
    const float sum = row_exp(columns, x, row_max(columns, x), y);
    row_scale(columns, 1.0f / sum, y);
  }
}

KERNEL(void, log_sum_exp)(size_t rows, size_t columns, const float *x, float *y) {
  for (size_t r = 0; r < rows; ++r, x += columns) {
    const float top = row_max(columns, x);
    const float shift = glia_absf(top) < __builtin_inff() ? top : 0.0f;
    y[r] = shift + glia_logf(row_exp(columns, x, shift, NULL));
  }
}

KERNEL(void, softmax_pullback)(size_t rows, size_t columns, const float *y, const float *dy, float *dx) {
  for (size_t r = 0; r < rows; ++r, y += columns, dy += columns, dx += columns) {
    F dot = 0.0f;
    EACH(columns, dot += load(y + i, count) * load(dy + i, count););
    const float mean = sum_lanes(dot);
    EACH(columns, store(dx + i, count, load(y + i, count) * (load(dy + i, count) - mean)););
  }
}

/// `weights` holds one weight an element, or is NULL for `weight` everywhere.
INLINE double binary_crossentropy(size_t n, const float *z, const float *t, const float *weights, float weight,
                                  float scale, float *dz) {
  D sum = 0.0;
  EACH(n, const F logit = load(z + i, count); const F target = load(t + i, count);
       const F w = weights ? load(weights + i, count) : keep(count, (F)weight, 0.0f);
       const F e = lanes_exp(-lanes_abs(logit)); const F positive = logit > 0.0f ? logit : (F)0.0f;
       sum += WIDEN((positive - logit * target + lanes_log1p_unit(e)) * w);
       if (dz) {
         // σ(-|z|) keeps its relative accuracy where σ(z) - 1 would not.
         const F q = e / (e + 1.0f);
         const F slope = logit > 0.0f ? (1.0f - target) - q : q - target;
         store(dz + i, count, slope * (w * scale));
       });
  return SUM_DOUBLES(sum);
}

KERNEL(double, sigmoid_crossentropy)(size_t rows, size_t columns, const float *z, const float *t, const float *weights,
                                     float scale, float *dz) {
  if (!weights || columns == 1) return binary_crossentropy(rows * columns, z, t, weights, 1.0f, scale, dz);
  double sum = 0;
  for (size_t r = 0; r < rows; ++r, z += columns, t += columns) {
    sum += binary_crossentropy(columns, z, t, NULL, weights[r], scale, dz ? dz + r * columns : NULL);
  }
  return sum;
}
