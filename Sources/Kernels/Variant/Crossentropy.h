// Softmax with categorical cross-entropy: targets are probabilities, or the class of each row as an index or a float.

struct targets {
  const float *probabilities;
  const size_t *indices;
  const float *labels;
};

/// The class of a row as a float; NaN if it is none.
INLINE float class_of(const struct targets *t, size_t row, size_t classes) {
  if (t->labels) return t->labels[row];
  return t->indices[row] < classes ? (float)t->indices[row] : __builtin_nanf("");
}

/// Rows that fit a vector: LANES of them at a time, a row to a lane.
static double crossentropy_narrow(size_t rows, size_t classes, const float *z, struct targets t, const float *weights,
                                  float scale, float *dz) {
  D value = 0.0;
  for (size_t r = 0; r < rows; r += LANES) {
    const size_t here = rows - r < LANES ? rows - r : LANES;
    F logit[LANES], target[LANES], top, weight = weights ? load(weights + r, here) : (F)1.0f;
    load_columns(here, classes, z + r * classes, logit);
    if (t.probabilities) {
      load_columns(here, classes, t.probabilities + r * classes, target);
    } else {
      float names[LANES] = {0};
      for (size_t l = 0; l < here; ++l) names[l] = class_of(&t, r + l, classes);
      const F name = load(names, LANES);
      for (size_t c = 0; c < classes; ++c) target[c] = name == (F)(float)c ? (F)1.0f : (F)0.0f;
    }
    F total = 0.0f, cross = 0.0f, largest = logit[0];
    for (size_t c = 1; c < classes; ++c) largest = GREATER(logit[c], largest);
    for (size_t c = 0; c < classes; ++c) {
      total += target[c];
      cross += target[c] == 0.0f ? (F)0.0f : target[c] * (logit[c] - largest);
    }
    // No class at all: the row's name was none of them.
    if (!t.probabilities) total = total == 0.0f ? (F)__builtin_nanf("") : total;
    const F sum = exp_columns(classes, logit, &top);
    value += WIDEN(keep(here, (total * lanes_log(sum) - cross) * weight, 0.0f));
    if (!dz) continue;
    const F factor = weight * scale, share = total * factor / sum;
    for (size_t c = 0; c < classes; ++c) logit[c] = logit[c] * share - target[c] * factor;
    store_columns(here, classes, logit, dz + r * classes);
  }
  return SUM_DOUBLES(value);
}

/// One wide row with probabilities.
INLINE double crossentropy_row(size_t classes, const float *z, const float *t, float weight, float scale, float *dz) {
  const float top = row_max(classes, z), factor = weight * scale;
  F targets = 0.0f, cross = 0.0f;
  EACH(classes, const F target = load(t + i, count); targets += target;
       cross += target == 0.0f ? (F)0.0f : target * (load(z + i, count) - top););
  const float sum = row_exp(classes, z, top, dz), total = sum_lanes(targets);
  if (dz) {
    const float share = total * factor / sum;
    EACH(classes, store(dz + i, count, load(dz + i, count) * share - load(t + i, count) * factor););
  }
  return (double)weight * (total * glia_logf(sum) - sum_lanes(cross));
}

/// One wide row with the name of its class.
INLINE double named_crossentropy_row(size_t classes, const float *z, float name, float weight, float scale, float *dz) {
  size_t index = name >= 0.0f && name < (float)classes ? (size_t)name : classes;
  if (index >= classes || (float)index != name) {
    index = 0;
    weight = __builtin_nanf("");
  }
  const float top = row_max(classes, z), own = z[index] - top, sum = row_exp(classes, z, top, dz);
  if (dz) {
    row_scale(classes, weight * scale / sum, dz);
    dz[index] -= weight * scale;
  }
  return (double)weight * (glia_logf(sum) - own);
}

INLINE double crossentropy(size_t rows, size_t classes, const float *z, struct targets t, const float *weights,
                           float scale, float *dz) {
  if (classes == 0) return rows == 0 || t.probabilities ? 0.0 : __builtin_nan("");
  if (classes <= LANES) return crossentropy_narrow(rows, classes, z, t, weights, scale, dz);
  double value = 0;
  for (size_t r = 0; r < rows; ++r, z += classes) {
    float *d = dz ? dz + r * classes : NULL;
    const float weight = weights ? weights[r] : 1.0f;
    value += t.probabilities ? crossentropy_row(classes, z, t.probabilities + r * classes, weight, scale, d)
                             : named_crossentropy_row(classes, z, class_of(&t, r, classes), weight, scale, d);
  }
  return value;
}

KERNEL(double, softmax_crossentropy)(size_t rows, size_t classes, const float *z, const float *t, const float *weights,
                                     float scale, float *dz) {
  return crossentropy(rows, classes, z, (struct targets){.probabilities = t}, weights, scale, dz);
}

KERNEL(double, softmax_crossentropy_indices)(size_t rows, size_t classes, const float *z, const size_t *indices,
                                             const float *weights, float scale, float *dz) {
  return crossentropy(rows, classes, z, (struct targets){.indices = indices}, weights, scale, dz);
}

KERNEL(double, softmax_crossentropy_labels)(size_t rows, size_t classes, const float *z, const float *labels,
                                            const float *weights, float scale, float *dz) {
  return crossentropy(rows, classes, z, (struct targets){.labels = labels}, weights, scale, dz);
}
