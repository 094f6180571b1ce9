// The innermost loop of all products: a tile of c[rows, vectors * LANES] = start + a b, held in registers.
//
// SwiftPM compiles C with -O2, which leaves loops over the tile alone: only UNROLL keeps the sums in registers.

/// One product c[m,n] = start + a b of `terms` terms: a(i,p) = a[i a_row + p a_step] and b(p,j) in panels of PANEL
/// columns, b(p,j) = b[(j / PANEL) b_panel + p b_step + j % PANEL]. The start is the former c, the bias, or 0.
struct product {
  size_t m, n, terms;
  const float *a;
  size_t a_row, a_step;
  const float *b;
  size_t b_step, b_panel;
  const float *bias;
  bool add;
  float *c;
  size_t c_row;
  /// The rows of a after these, to be fetched meanwhile; NULL if there are none.
  const float *next;
  /// Where a product by columns adds 0 times every output: what is not finite leaves NaN there.
  F *zeros;
};

enum {
  PANEL = 2 * LANES,
  /// Terms from which a tile has time to fetch the outputs of the next into the second cache.
  LONG = 256,
  /// The floats of a cache line.
  LINE = 16,
};

/// Whether a's rows or its columns are contiguous.
enum order { by_rows, by_columns };

/// The tile at row 0, column j; `last` is the number of columns in its last vector, LANES if `whole`.
INLINE void tile(const int rows, const int vectors, const bool whole, const enum order order, const struct product *o,
                 size_t j, size_t last) {
  const size_t a_row = order == by_columns ? 1 : o->a_row, a_step = order == by_columns ? o->a_step : 1;
  const size_t b_step = o->b_step, c_row = o->c_row;
  // Three rows to a pointer is what one addressing mode reaches: twelve pointers would not fit the registers.
  const float *a[MAX_ROWS / 3];
  const int groups = (rows + 2) / 3;
  UNROLL for (int g = 0; g < groups; ++g) a[g] = o->a + (size_t)g * 3 * a_row;
  const float *b = o->b + j / PANEL * o->b_panel;
  float *c = o->c + j;
  F sum[MAX_ROWS][2];

#define LAST(v) (!whole && (v) + 1 == vectors)
#define LOAD(v, p) (LAST(v) ? load_part((p) + (v)*LANES, last) : load((p) + (v)*LANES, LANES))
  if (order == by_rows && whole && o->terms >= LONG) {
    UNROLL for (int r = 0; r < rows; ++r) {
      UNROLL for (int v = 0; v < vectors; ++v) __builtin_prefetch(c + PANEL + r * c_row + v * LANES, 0, 2);
    }
  }
  if (o->add) {
    UNROLL for (int r = 0; r < rows; ++r) {
      UNROLL for (int v = 0; v < vectors; ++v) sum[r][v] = LOAD(v, c + r * c_row);
    }
  } else {
    UNROLL for (int v = 0; v < vectors; ++v) {
      sum[0][v] = o->bias ? LOAD(v, o->bias + j) : (F)0.0f;
      UNROLL for (int r = 1; r < rows; ++r) sum[r][v] = sum[0][v];
    }
  }
  for (size_t p = o->terms; p > 0; --p) {
    F column[2];
    UNROLL for (int v = 0; v < vectors; ++v) column[v] = LOAD(v, b);
    UNROLL for (int r = 0; r < rows; ++r) {
      const F factor = a[r / 3][r % 3 * a_row];
      UNROLL for (int v = 0; v < vectors; ++v) sum[r][v] = factor * column[v] + sum[r][v];
    }
    UNROLL for (int g = 0; g < groups; ++g) {
      a[g] += a_step;
      // Hides that the pointers are related: computing them anew would take more slots than the products leave free.
      if (order == by_rows) __asm__("" : "+r"(a[g]));
    }
    b += b_step;
  }
  if (order == by_columns) {
    F zeros = 0.0f;
    UNROLL for (int r = 0; r < rows; ++r) {
      UNROLL for (int v = 0; v < vectors; ++v) zeros = sum[r][v] * 0.0f + zeros;
    }
    *o->zeros += zeros;
  }
  UNROLL for (int r = 0; r < rows; ++r) {
    UNROLL for (int v = 0; v < vectors; ++v) {
      float *place = c + r * c_row + v * LANES;
      if (LAST(v)) {
        store_part(place, last, sum[r][v]);
      } else {
        store(place, LANES, sum[r][v]);
      }
    }
  }
#undef LAST
#undef LOAD
}

/// Fetches a part of the next rows of a, as large as a panel's of the columns.
INLINE void fetch_next(const int rows, const struct product *o, size_t j) {
  const size_t panels = (o->n + PANEL - 1) / PANEL, share = (o->terms / panels / LINE + 1) * LINE;
  const size_t first = j / PANEL * share, end = first + share < o->terms ? first + share : o->terms;
  for (int r = 0; r < rows; ++r) {
    for (size_t p = first; p < end; p += LINE) __builtin_prefetch(o->next + r * o->a_row + p, 0, 2);
  }
}

/// The first `rows` rows of c, by a tile specialized for that height.
#define STRIP(rows, order)                                                                                             \
  static void strip_##rows##_##order(const struct product *o) {                                                        \
    size_t j = 0;                                                                                                      \
    for (; j + PANEL <= o->n; j += PANEL) {                                                                            \
      if (order == by_rows && o->next) fetch_next(rows, o, j);                                                         \
      tile(rows, 2, true, order, o, j, LANES);                                                                         \
    }                                                                                                                  \
    if (o->n - j > LANES) {                                                                                            \
      tile(rows, 2, false, order, o, j, o->n - j - LANES);                                                             \
    } else if (o->n > j) {                                                                                             \
      tile(rows, 1, false, order, o, j, o->n - j);                                                                     \
    }                                                                                                                  \
  }

#if MAX_ROWS == 12
#define STRIPS(order) STRIP(12, order) STRIP(10, order) STRIP(8, order) STRIP(6, order) SHORT_STRIPS(order)
#else
#define STRIPS(order) STRIP(6, order) SHORT_STRIPS(order)
#endif
#define SHORT_STRIPS(order) STRIP(4, order) STRIP(3, order) STRIP(2, order) STRIP(1, order)
STRIPS(by_rows)
STRIPS(by_columns)

typedef void (*strip)(const struct product *o);

/// The highest strip that fits into `left` rows.
INLINE strip strip_for(size_t left, enum order order, size_t *rows) {
#define CASE(height)                                                                                                   \
  if (left >= height) {                                                                                                \
    *rows = height;                                                                                                    \
    return order == by_columns ? strip_##height##_by_columns : strip_##height##_by_rows;                               \
  }
#if MAX_ROWS == 12
  CASE(12)
  CASE(10)
  CASE(8)
#endif
  CASE(6)
  CASE(4)
  CASE(3)
  CASE(2)
  CASE(1)
#undef CASE
  return NULL;
}
