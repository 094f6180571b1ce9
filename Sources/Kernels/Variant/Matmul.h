// The matrix products: operands that fit the first cache are used where they lie, larger ones are packed in blocks.

enum {
  /// Floats of a packed b that need no memory of their own.
  SMALL = 4096,
  /// Floats of an operand that is read where it lies, unless it must be transposed: most of the second cache.
  IN_PLACE = 3 << 16,
  /// Terms of a packed block; with BLOCK_COLUMNS columns of b it takes half a megabyte, for the second cache.
  BLOCK_TERMS = 512,
  BLOCK_COLUMNS = 256,
  BLOCK = BLOCK_TERMS * BLOCK_COLUMNS,
  /// Rows of a that are packed at once.
  BLOCK_ROWS = 768,
  GROUP = 4 * MAX_ROWS,
};
_Static_assert(BLOCK + BLOCK_TERMS * BLOCK_ROWS <= GLIA_WORKSPACE, "a block of b and one of a");
_Static_assert(BLOCK_ROWS % GROUP == 0, "whole groups of strips");

/// The width of the blocks that cut `count` into as few as possible of at most `limit`, in multiples of `unit`.
INLINE size_t even(size_t count, size_t limit, size_t unit) {
  const size_t blocks = (count + limit - 1) / limit;
  return blocks < 2 ? count : ((count + blocks - 1) / blocks + unit - 1) / unit * unit;
}

/// Packs the columns of a strip after strip, terms * MAX_ROWS floats each.
static void pack_strips(struct product *o, float *strips) {
  const size_t terms = o->terms, size = MAX_ROWS * terms, step = o->a_step;
  // So many terms before the end there is memory for whole vectors.
  const size_t last = (GROUP + LANES + step - 1) / step, whole = last < terms ? terms - last : 0;
  float *group = strips;
  // Several strips at once, as what is read of a term lies in the same lines of the cache.
  for (size_t i = 0; i < o->m; i += GROUP, group += GROUP / MAX_ROWS * size) {
    const size_t rows = o->m - i < GROUP ? o->m - i : GROUP;
    const float *a = o->a + i;
    for (size_t p = 0; p < terms; ++p, a += step) {
      float *to = group + p * MAX_ROWS;
      for (size_t r = 0; r < rows; r += MAX_ROWS, to += size) {
        for (size_t l = 0; l < MAX_ROWS && r + l < rows; l += LANES) {
          // What a vector has beyond its strip is written over by the next term, but the last one has none.
          const size_t left = rows - r - l, room = MAX_ROWS - l;
          const F part = load(a + r + l, p < whole || left > LANES ? LANES : left);
          store(to + l, p + 1 < terms || room > LANES ? LANES : room, part);
        }
      }
    }
  }
  o->a = strips;
  o->a_step = MAX_ROWS;
}

/// Runs the strips of a product; those of a lie `strip_size` floats apart.
static void run(struct product *o, enum order order, size_t strip_size) {
  const float *const a = o->a;
  float *const c = o->c;
  for (size_t left = o->m, rows; left > 0; left -= rows) {
    const strip strip = strip_for(left, order, &rows);
    const float *const next = o->a + (rows == MAX_ROWS ? strip_size : rows * o->a_row);
    o->next = o->terms >= LONG && left >= 2 * rows ? next : NULL;
    strip(o);
    o->a = next;
    o->c += rows * o->c_row;
  }
  o->a = a;
  o->c = c;
}

/// Packs the product's b, which begins at `b` with rows of b_row elements, into `block`.
static void pack(const struct product *o, const float *b, size_t b_row, bool b_transposed, float *block) {
  if (!b_transposed) return pack_panels(o->n, o->terms, b, b_row, block);
  for (size_t j = 0; j < o->n; j += LANES, b += LANES * b_row) {
    float *panel = block + j / PANEL * o->b_panel + j % PANEL;
    pack_transposed(o->n - j < LANES ? o->n - j : LANES, o->terms, b, b_row, panel);
  }
}

/// The product in blocks of b of at most `terms` terms and `size` floats; a is packed to `strips` unless that is NULL.
static void run_blocks(const struct product *whole, enum order order, size_t b_row, bool b_transposed, float *block,
                       size_t terms, size_t size, float *strips) {
  struct product o = *whole;
  o.b = block;
  o.b_step = PANEL;
  const size_t depth = even(whole->terms, terms, 1);
  const size_t columns = even(whole->n, size / (depth > 0 ? depth : 1) / PANEL * PANEL, PANEL);
  // A packed a serves all columns, which are passed for each of its blocks; else a block of c is finished before the next.
  const size_t height = strips ? even(whole->m, BLOCK_ROWS, GROUP) : whole->m, width = strips ? whole->n : columns;
  for (size_t i = 0; i < whole->m; i += height) {
    o.m = whole->m - i < height ? whole->m - i : height;
    for (size_t left = 0; left < whole->n; left += width) {
      size_t p = 0;
      do {
        o.terms = whole->terms - p < depth ? whole->terms - p : depth;
        o.add = p > 0;
        o.a = whole->a + i * whole->a_row + p * whole->a_step;
        o.a_step = whole->a_step;
        o.b_panel = o.terms * PANEL;
        if (strips) pack_strips(&o, strips);
        for (size_t j = left; j < whole->n && j - left < width; j += columns) {
          o.n = whole->n - j < columns ? whole->n - j : columns;
          o.bias = whole->bias ? whole->bias + j : NULL;
          o.c = whole->c + i * whole->c_row + j;
          pack(&o, whole->b + (b_transposed ? j * b_row + p : p * b_row + j), b_row, b_transposed, block);
          run(&o, order, MAX_ROWS * (strips ? o.terms : o.a_row));
        }
        p += o.terms;
      } while (p < whole->terms);
    }
  }
}

/// c[m,n] = start + a b, where b(p,j) is b[p b_row + j], or b[j b_row + p] if `b_transposed`.
INLINE void multiply(struct product o, enum order order, size_t b_row, bool b_transposed) {
  if (o.m == 0 || o.n == 0) return;
  if (!b_transposed && (o.m <= MAX_ROWS || o.terms * o.n <= IN_PLACE)) {
    o.b_step = b_row;
    o.b_panel = PANEL;
    return run(&o, order, MAX_ROWS * o.a_row);
  }
  _Alignas(64) float small[SMALL];
  const size_t columns = (o.n + PANEL - 1) / PANEL * PANEL;
  if (columns * o.terms <= SMALL) {
    o.b_panel = o.terms * PANEL;
    pack(&o, o.b, b_row, b_transposed, small);
    o.b = small;
    o.b_step = PANEL;
    return run(&o, order, MAX_ROWS * o.a_row);
  }
  float *block = glia_workspace();
  if (block) {
    float *strips = order == by_columns && o.m * o.terms > IN_PLACE ? block + BLOCK : NULL;
    run_blocks(&o, order, b_row, b_transposed, block, BLOCK_TERMS, BLOCK, strips);
  } else {
    run_blocks(&o, order, b_row, b_transposed, small, SMALL / PANEL, SMALL, NULL);
  }
}

/// y[n] = x[k] w[n,k]ᵀ + bias, lane by lane: packing w would cost more than the product.
static void multiply_row(size_t n, size_t k, const float *x, const float *w, const float *bias, float *y) {
  for (size_t j = 0; j < n; j += LANES, w += LANES * k) {
    const size_t rows = n - j < LANES ? n - j : LANES;
    F sum[LANES];
    UNROLL for (int r = 0; r < LANES; ++r) sum[r] = 0.0f;
    // A row that is not there is read as the last one.
    EACH(k, const F term = load(x + i, count); UNROLL for (size_t r = 0; r < LANES; ++r) {
      sum[r] = load(w + (r < rows ? r : rows - 1) * k + i, count) * term + sum[r];
    });
    store(y + j, rows, fold(sum) + (bias ? load(bias + j, rows) : (F)0.0f));
  }
}

static void slice_nt(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y,
                     size_t y_row) {
  const struct product o = {m, n, k, .a = x, .a_row = k, .a_step = 1, .b = w, .bias = bias, .c = y, .c_row = y_row};
  multiply(o, by_rows, k, true);
}

static void slice_nn(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx, size_t row) {
  const struct product o = {m, k, n, .a = dy, .a_row = n, .a_step = 1, .b = w, .c = dx, .c_row = row};
  multiply(o, by_rows, row, false);
}

static bool slice_tn(size_t m, size_t n, size_t k, const float *dy, size_t dy_row, const float *x, float *dw,
                     size_t row) {
  F zeros = 0.0f;
  const struct product o = {n,    k,           m,         .a = dy,      .a_row = 1,     .a_step = dy_row,
                            .b = x, .c = dw, .c_row = row, .zeros = &zeros};
  multiply(o, by_columns, row, false);
  return sum_lanes(zeros) == 0.0f;
}

KERNEL(void, matmul_nt)(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y) {
  if (m == 1) return multiply_row(n, k, x, w, bias, y);
  slice_nt(m, n, k, x, w, bias, y, n);
}

KERNEL(void, matmul_nn)(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx) {
  slice_nn(m, n, k, dy, w, dx, k);
}

KERNEL(bool, matmul_tn)(size_t m, size_t n, size_t k, const float *dy, const float *x, float *dw) {
  return slice_tn(m, n, k, dy, n, x, dw, k);
}

KERNEL(void, sum_rows)(size_t m, size_t n, const float *dy, float *db) {
  EACH(n, F sum[4]; UNROLL for (int r = 0; r < 4; ++r) sum[r] = 0.0f; const float *row = dy + i; size_t p = 0;
       for (; p + 4 <= m; p += 4, row += 4 * n) {
         UNROLL for (int r = 0; r < 4; ++r) sum[r] += load(row + r * n, count);
       }
       for (; p < m; ++p, row += n) sum[0] += load(row, count);
       const F total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
       store(db + i, count, total););
}
