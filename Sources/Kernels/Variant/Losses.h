// Softmax and the losses that are fused with their last activation.

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

KERNEL(void, softmax)(size_t rows, size_t columns, const float *x, float *y) {
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

KERNEL(double, softmax_crossentropy)(size_t rows, size_t classes, const float *z, const float *t, const float *weights,
                                     float scale, float *dz) {
  double value = 0;
  for (size_t r = 0; r < rows; ++r, z += classes, t += classes) {
    float *d = dz ? dz + r * classes : NULL;
    const float weight = weights ? weights[r] : 1.0f, factor = weight * scale;
    const float top = row_max(classes, z);
    F targets = 0.0f, cross = 0.0f;
    EACH(classes, const F target = load(t + i, count); targets += target;
         cross += target == 0.0f ? (F)0.0f : target * (load(z + i, count) - top););
    const float sum = row_exp(classes, z, top, d), total = sum_lanes(targets);
    value += (double)weight * ((double)total * glia_logf(sum) - sum_lanes(cross));
    if (!d) continue;
    const float share = total * factor / sum;
    EACH(classes, store(d + i, count, load(d + i, count) * share - load(t + i, count) * factor););
  }
  return value;
}

INLINE double indexed_crossentropy(size_t classes, const float *z, bool known, size_t index, float weight, float scale,
                                   float *dz) {
  if (classes == 0) return __builtin_nan("");
  if (!known) {
    index = 0;
    weight = __builtin_nanf("");
  }
  const float top = row_max(classes, z), own = z[index] - top;
  const float sum = row_exp(classes, z, top, dz);
  if (dz) {
    row_scale(classes, weight * scale / sum, dz);
    dz[index] -= weight * scale;
  }
  return (double)weight * (glia_logf(sum) - own);
}

KERNEL(double, softmax_crossentropy_indices)(size_t rows, size_t classes, const float *z, const size_t *indices,
                                             const float *weights, float scale, float *dz) {
  double value = 0;
  for (size_t r = 0; r < rows; ++r) {
    value += indexed_crossentropy(classes, z + r * classes, indices[r] < classes, indices[r],
                                  weights ? weights[r] : 1.0f, scale, dz ? dz + r * classes : NULL);
  }
  return value;
}

KERNEL(double, softmax_crossentropy_labels)(size_t rows, size_t classes, const float *z, const float *labels,
                                            const float *weights, float scale, float *dz) {
  double value = 0;
  for (size_t r = 0; r < rows; ++r) {
    const bool inside = labels[r] >= 0.0f && labels[r] < (float)classes;
    const size_t index = inside ? (size_t)labels[r] : 0;
    value += indexed_crossentropy(classes, z + r * classes, inside && index < classes && (float)index == labels[r],
                                  index, weights ? weights[r] : 1.0f, scale, dz ? dz + r * classes : NULL);
  }
  return value;
}
