// The public matrix products: large ones are cut into slices of their outputs, which threads share.

#include "GliaThreads.h"
#include "Tables.h"

enum {
  /// Multiplications that a thread makes in a nanosecond, about.
  SPEED = 128,
  /// Multiplications from which a second thread pays, and those that a part has at least where there are more parts than
  /// threads.
  LARGE = 1 << 19,
  PART = 1 << 23,
  /// Columns that a slice has at least where there are more parts than threads.
  WIDE = 128,
  /// Terms from which a slice packs both its operands, all of a with them: then there are no more slices than threads.
  DEEP = 1536,
  /// What slices are rounded to, so that vectors and tiles stay whole.
  WIDTH = 16,
  HEIGHT = 12,
};

/// A product cut into slices of its output: of columns where there are enough of them, else of rows.
struct job {
  void (*slice)(const struct job *job, size_t row, size_t rows, size_t column, size_t columns);
  size_t rows, columns, height, width;
  size_t m, n, k;
  const float *a, *b, *bias;
  float *c;
  void (*finish)(void *context, float *y, size_t count);
  void *context;
};

static size_t slices(size_t count, size_t unit, size_t threads) {
  const size_t units = (count + unit - 1) / unit;
  return (units + threads - 1) / threads * unit;
}

static void run_part(void *context, size_t part) {
  const struct job *const o = context;
  const size_t i = o->height < o->rows ? part * o->height : 0, j = o->width < o->columns ? part * o->width : 0;
  if (i >= o->rows || j >= o->columns) return;
  o->slice(o, i, o->rows - i < o->height ? o->rows - i : o->height, j,
           o->columns - j < o->width ? o->columns - j : o->width);
}

/// The multiplications of a product; as a product of sizes that memory holds may still overflow, they are not an integer.
static inline double work_of(size_t m, size_t n, size_t k) { return (double)m * (double)n * (double)k; }

static void slice_tn(const struct job *o, size_t i, size_t rows, size_t j, size_t columns) {
  glia_best->slice_tn(o->m, rows, columns, o->a + i, o->n, o->b + j, o->c + i * o->k + j, o->k);
}

/// Runs the job in slices, or returns false where one thread is enough.
static bool share(struct job *o) {
  const double work = work_of(o->m, o->n, o->k);
  const size_t threads = glia_threads();
  if (threads < 2) return false;
  // With parts to spare, a thread that is held up leaves some to the others.
  const bool spares = work / PART >= 4.0 * threads && !(o->slice == slice_tn && o->m >= DEEP);
  const size_t parts = spares ? 8 * threads : threads;
  o->height = o->rows;
  o->width = o->columns;
  // Slices of columns pack nothing twice; slices of rows all pack the same b.
  if (o->columns >= 4 * WIDTH * threads || o->columns % (WIDTH * threads) == 0 || o->rows < 2 * HEIGHT) {
    o->width = slices(o->columns, WIDTH, o->columns < parts * WIDE ? threads : parts);
  } else {
    o->height = slices(o->rows, HEIGHT, parts);
  }
  const size_t cuts = (o->rows + o->height - 1) / o->height * ((o->columns + o->width - 1) / o->width);
  glia_parallel(cuts, work < 1e15 ? (size_t)(work / SPEED) : SIZE_MAX / 2, run_part, o);
  return true;
}

static void slice_nt(const struct job *o, size_t i, size_t rows, size_t j, size_t columns) {
  glia_best->slice_nt(rows, columns, o->k, o->a + i * o->k, o->b + j * o->k, o->bias ? o->bias + j : NULL,
                      o->c + i * o->n + j, o->n);
}

static void slice_nt_finishing(const struct job *o, size_t i, size_t rows, size_t j, size_t columns) {
  slice_nt(o, i, rows, j, columns);
  float *y = o->c + i * o->n + j;
  if (columns == o->n) return o->finish(o->context, y, rows * columns);
  for (size_t r = 0; r < rows; ++r, y += o->n) o->finish(o->context, y, columns);
}

static void slice_row(const struct job *o, size_t i, size_t rows, size_t j, size_t columns) {
  glia_best->kernels.matmul_nt(1, columns, o->k, o->a, o->b + j * o->k, o->bias ? o->bias + j : NULL, o->c + j);
}

static void slice_nn(const struct job *o, size_t i, size_t rows, size_t j, size_t columns) {
  glia_best->slice_nn(rows, o->n, columns, o->a + i * o->n, o->b + j, o->c + i * o->k + j, o->k);
}

void glia_matmul_nt(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y) {
  if (work_of(m, n, k) < LARGE) return glia_best->kernels.matmul_nt(m, n, k, x, w, bias, y);
  struct job job = {m == 1 ? slice_row : slice_nt, m, n, .m = m, .n = n, .k = k, .a = x, .b = w, .bias = bias, .c = y};
  if (!share(&job)) glia_best->kernels.matmul_nt(m, n, k, x, w, bias, y);
}

void glia_matmul_nt_finishing(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y,
                              void (*finish)(void *context, float *y, size_t count), void *context) {
  if (work_of(m, n, k) >= LARGE && m > 1) {
    struct job job = {slice_nt_finishing, m, n, .m = m, .n = n, .k = k, .a = x, .b = w, .bias = bias, .c = y,
                      .finish = finish, .context = context};
    if (share(&job)) return;
  }
  glia_matmul_nt(m, n, k, x, w, bias, y);
  if (m * n > 0) finish(context, y, m * n);
}

void glia_matmul_nn(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx) {
  if (work_of(m, n, k) < LARGE) return glia_best->kernels.matmul_nn(m, n, k, dy, w, dx);
  struct job job = {slice_nn, m, k, .m = m, .n = n, .k = k, .a = dy, .b = w, .c = dx};
  if (!share(&job)) glia_best->kernels.matmul_nn(m, n, k, dy, w, dx);
}

void glia_matmul_tn(size_t m, size_t n, size_t k, const float *dy, const float *x, float *dw) {
  if (work_of(m, n, k) < LARGE) return glia_best->kernels.matmul_tn(m, n, k, dy, x, dw);
  struct job job = {slice_tn, n, k, .m = m, .n = n, .k = k, .a = dy, .b = x, .c = dw};
  if (!share(&job)) glia_best->kernels.matmul_tn(m, n, k, dy, x, dw);
}
