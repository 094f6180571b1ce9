// The public matrix products; large ones are divided among threads, in slices of the output.

#include "GliaThreads.h"
#include "Tables.h"

enum {
  /// Approximate multiplications per nanosecond of a thread.
  MULTIPLICATIONS_PER_NANOSECOND = 128,
  /// Multiplications from which a second thread pays off.
  SHARED_MULTIPLICATIONS = 1 << 19,
  /// The smallest slices where there are more slices than threads: their multiplications, and their columns if the
  /// output is cut by columns.
  SLICE_MULTIPLICATIONS = 1 << 23,
  SLICE_COLUMNS = 128,
  /// Slices are multiples of these, so that vectors and micro-tiles stay whole.
  COLUMN_UNIT = 16,
  ROW_UNIT = 12,
};

/// A product whose output is cut into slices of columns or of rows.
struct sliced_product {
  void (*compute)(const struct sliced_product *product, size_t i, size_t rows, size_t j, size_t columns);
  /// The sizes of the output, and of its slices.
  size_t rows, columns, slice_rows, slice_columns;
  /// The sizes with the names used by the public functions.
  size_t m, n, k;
  const float *a, *b, *bias;
  float *c;
  /// Whether to prefer slices of rows.
  bool by_rows;
  void (*finish)(void *context, float *y, size_t count);
  void *context;
};

/// The size of a slice, in multiples of `unit`, when `count` is divided among `slices`.
static size_t slice_size(size_t count, size_t unit, size_t slices) {
  const size_t units = (count + unit - 1) / unit;
  return (units + slices - 1) / slices * unit;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

static void compute_slice(void *context, size_t slice) {
  const struct sliced_product *const o = context;
  const size_t i = o->slice_rows < o->rows ? slice * o->slice_rows : 0;
  const size_t j = o->slice_columns < o->columns ? slice * o->slice_columns : 0;
  if (i >= o->rows || j >= o->columns) return;
  o->compute(o, i, least(o->rows - i, o->slice_rows), j, least(o->columns - j, o->slice_columns));
}

/// The multiplications of a product: a double, as even matrices that fit in memory may need more than an integer holds.
static double multiplications(size_t m, size_t n, size_t k) { return (double)m * (double)n * (double)k; }

/// Computes the product in slices, or returns false if it is left to the calling thread.
static bool compute_in_slices(struct sliced_product *o) {
  const double work = multiplications(o->m, o->n, o->k);
  const size_t threads = glia_threads();
  if (threads < 2) return false;
  // With more slices than threads, the other threads take over those that a delayed thread has not begun.
  const bool has_spares = work / SLICE_MULTIPLICATIONS >= 4.0 * threads;
  const size_t slices = !has_spares ? threads : o->by_rows ? 4 * threads : 8 * threads;
  o->slice_rows = o->rows;
  o->slice_columns = o->columns;
  // Slices of columns pack no part of b twice, slices of rows no part of a.
  if (o->by_rows && o->rows >= 2 * ROW_UNIT * slices) {
    o->slice_rows = slice_size(o->rows, ROW_UNIT, slices);
  } else if (o->columns >= 4 * COLUMN_UNIT * threads || o->columns % (COLUMN_UNIT * threads) == 0 || o->rows < 2 * ROW_UNIT) {
    o->slice_columns = slice_size(o->columns, COLUMN_UNIT, o->columns < slices * SLICE_COLUMNS ? threads : slices);
  } else {
    o->slice_rows = slice_size(o->rows, ROW_UNIT, slices);
  }
  const size_t parts =
      (o->rows + o->slice_rows - 1) / o->slice_rows * ((o->columns + o->slice_columns - 1) / o->slice_columns);
  const size_t nanoseconds = work < 1e15 ? (size_t)(work / MULTIPLICATIONS_PER_NANOSECOND) : SIZE_MAX / 2;
  glia_parallel(parts, nanoseconds, compute_slice, o);
  return true;
}

static void compute_nt(const struct sliced_product *o, size_t i, size_t rows, size_t j, size_t columns) {
  glia_best->gemm_nt(rows, columns, o->k, o->a + i * o->k, o->b + j * o->k, o->bias ? o->bias + j : NULL,
                     o->c + i * o->n + j, o->n);
}

static void compute_and_finish_nt(const struct sliced_product *o, size_t i, size_t rows, size_t j, size_t columns) {
  compute_nt(o, i, rows, j, columns);
  float *y = o->c + i * o->n + j;
  if (columns == o->n) return o->finish(o->context, y, rows * columns);
  for (size_t r = 0; r < rows; ++r, y += o->n) o->finish(o->context, y, columns);
}

static void compute_row_nt(const struct sliced_product *o, size_t i, size_t rows, size_t j, size_t columns) {
  const float *const bias = o->bias ? o->bias + j : NULL;
  glia_best->kernels.matmul_nt(rows, columns, o->k, o->a + i * o->k, o->b + j * o->k, bias, o->c + j);
}

static void compute_nn(const struct sliced_product *o, size_t i, size_t rows, size_t j, size_t columns) {
  glia_best->gemm_nn(rows, o->n, columns, o->a + i * o->n, o->b + j, o->c + i * o->k + j, o->k);
}

static void compute_tn(const struct sliced_product *o, size_t i, size_t rows, size_t j, size_t columns) {
  glia_best->gemm_tn(o->m, rows, columns, o->a + i, o->n, o->b + j, o->c + i * o->k + j, o->k);
}

void glia_matmul_nt(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y) {
  if (multiplications(m, n, k) >= SHARED_MULTIPLICATIONS) {
    struct sliced_product o = {.compute = m == 1 ? compute_row_nt : compute_nt, .rows = m, .columns = n,
                               .m = m, .n = n, .k = k, .a = x, .b = w, .bias = bias, .c = y};
    if (compute_in_slices(&o)) return;
  }
  glia_best->kernels.matmul_nt(m, n, k, x, w, bias, y);
}

void glia_matmul_nt_finishing(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y,
                              void (*finish)(void *context, float *y, size_t count), void *context) {
  if (multiplications(m, n, k) >= SHARED_MULTIPLICATIONS && m > 1) {
    struct sliced_product o = {.compute = compute_and_finish_nt, .rows = m, .columns = n,
                               .m = m, .n = n, .k = k, .a = x, .b = w, .bias = bias, .c = y,
                               .finish = finish, .context = context};
    if (compute_in_slices(&o)) return;
  }
  glia_matmul_nt(m, n, k, x, w, bias, y);
  if (m * n > 0) finish(context, y, m * n);
}

void glia_matmul_nn(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx) {
  if (multiplications(m, n, k) >= SHARED_MULTIPLICATIONS) {
    struct sliced_product o = {.compute = compute_nn, .rows = m, .columns = k,
                               .m = m, .n = n, .k = k, .a = dy, .b = w, .c = dx};
    if (compute_in_slices(&o)) return;
  }
  glia_best->kernels.matmul_nn(m, n, k, dy, w, dx);
}

void glia_matmul_tn(size_t m, size_t n, size_t k, const float *dy, const float *x, float *dw) {
  if (multiplications(m, n, k) >= SHARED_MULTIPLICATIONS) {
    struct sliced_product o = {.compute = compute_tn, .rows = n, .columns = k,
                               .m = m, .n = n, .k = k, .a = dy, .b = x, .c = dw, .by_rows = true};
    if (compute_in_slices(&o)) return;
  }
  glia_best->kernels.matmul_tn(m, n, k, dy, x, dw);
}
