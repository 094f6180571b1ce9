// The public kernels over rows and the sums. Most stay on the thread that calls them: in a training step they are short, and
// large batches of inference are shared piece by piece.

#include <stdatomic.h>

#include "GliaThreads.h"
#include "Tables.h"

enum {
  /// Numbers from which a second thread pays.
  LONG = 1 << 15,
};

void glia_sum_rows(size_t m, size_t n, const float *dy, float *db) {
  glia_best->kernels.sum_rows(m, n, dy, db);
}

void glia_softmax(size_t rows, size_t columns, const float *x, float *y) {
  glia_best->kernels.softmax(rows, columns, x, y);
}

void glia_softmax_pullback(size_t rows, size_t columns, const float *y, const float *dy, float *dx) {
  glia_best->kernels.softmax_pullback(rows, columns, y, dy, dx);
}

double glia_sigmoid_crossentropy(size_t rows, size_t columns, const float *z, const float *t, const float *weights,
                                 float scale, float *dz) {
  return glia_best->kernels.sigmoid_crossentropy(rows, columns, z, t, weights, scale, dz);
}

double glia_softmax_crossentropy(size_t rows, size_t classes, const float *z, const float *t, const float *weights,
                                 float scale, float *dz) {
  return glia_best->kernels.softmax_crossentropy(rows, classes, z, t, weights, scale, dz);
}

double glia_softmax_crossentropy_labels(size_t rows, size_t classes, const float *z, const float *labels,
                                        const float *weights, float scale, float *dz) {
  return glia_best->kernels.softmax_crossentropy_labels(rows, classes, z, labels, weights, scale, dz);
}

double glia_sum(size_t n, const float *x) {
  return glia_best->kernels.sum(n, x);
}

double glia_sum_of_squares(size_t n, const float *x) {
  return glia_best->kernels.sum_of_squares(n, x);
}

/// Rows to be gathered, in pieces.
struct gather {
  const float *x;
  size_t width, count, piece;
  const size_t *indices;
  float *y;
};

static void gather_part(void *context, size_t part) {
  const struct gather *const o = context;
  const size_t i = part * o->piece;
  if (i >= o->count) return;
  glia_best->kernels.gather_rows(o->x, o->width, o->indices + i, o->count - i < o->piece ? o->count - i : o->piece,
                                 o->y + i * o->width);
}

void glia_gather_rows(const float *x, size_t width, const size_t *indices, size_t count, float *y) {
  const size_t threads = (double)width * (double)count < LONG ? 1 : glia_threads();
  if (threads < 2) return glia_best->kernels.gather_rows(x, width, indices, count, y);
  struct gather o = {x, width, count, (count + threads - 1) / threads, indices, y};
  glia_parallel(threads, width * count / 4, gather_part, &o);
}

/// Whether pieces of a vector are finite.
struct finite {
  size_t n, piece;
  const float *x;
  atomic_bool is_broken;
};

static void check_part(void *context, size_t part) {
  struct finite *const o = context;
  const size_t i = part * o->piece;
  if (i >= o->n) return;
  if (!glia_best->kernels.all_finite(o->n - i < o->piece ? o->n - i : o->piece, o->x + i)) o->is_broken = true;
}

bool glia_all_finite(size_t n, const float *x) {
  const size_t threads = n < 2 * LONG ? 1 : glia_threads();
  if (threads < 2) return glia_best->kernels.all_finite(n, x);
  struct finite o = {n, (n + threads - 1) / threads, x, false};
  glia_parallel(threads, n / 16, check_part, &o);
  return !o.is_broken;
}
