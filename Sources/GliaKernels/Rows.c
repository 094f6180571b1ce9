// The public kernels over rows, and the sums. Most stay on the calling thread: in a training step they are short, and
// inference already divides large batches among the threads.

#include <stdatomic.h>

#include "GliaThreads.h"
#include "Tables.h"

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

/// Rows that threads gather in pieces.
struct gather_call {
  const float *x;
  size_t width;
  const size_t *indices;
  size_t count, piece;
  float *y;
};

static void gather_piece(void *context, size_t part) {
  const struct gather_call *const o = context;
  const size_t i = part * o->piece;
  if (i >= o->count) return;
  glia_best->kernels.gather_rows(o->x, o->width, o->indices + i, o->count - i < o->piece ? o->count - i : o->piece,
                                 o->y + i * o->width);
}

void glia_gather_rows(const float *x, size_t width, const size_t *indices, size_t count, float *y) {
  const size_t threads = (double)width * (double)count < GLIA_SHARED_ELEMENTS ? 1 : glia_threads();
  if (threads < 2) return glia_best->kernels.gather_rows(x, width, indices, count, y);
  struct gather_call o = {.x = x, .width = width, .indices = indices, .count = count,
                          .piece = (count + threads - 1) / threads, .y = y};
  glia_parallel(threads, width * count / 4, gather_piece, &o);
}

/// A vector that threads check in pieces.
struct finite_call {
  size_t n, piece;
  const float *x;
  atomic_bool found_other;
};

static void check_piece(void *context, size_t part) {
  struct finite_call *const o = context;
  const size_t i = part * o->piece;
  if (i >= o->n) return;
  if (!glia_best->kernels.all_finite(o->n - i < o->piece ? o->n - i : o->piece, o->x + i)) o->found_other = true;
}

bool glia_all_finite(size_t n, const float *x) {
  const size_t threads = n < 2 * GLIA_SHARED_ELEMENTS ? 1 : glia_threads();
  if (threads < 2) return glia_best->kernels.all_finite(n, x);
  struct finite_call o = {.n = n, .piece = (n + threads - 1) / threads, .x = x};
  glia_parallel(threads, n / 16, check_piece, &o);
  return !o.found_other;
}
