// The matrix products: operands that fit the first cache are used where they lie, larger ones are packed in blocks.

enum {
  /// Floats of a block that need no memory of its own.
  SMALL = 4096,
  /// Terms and columns of a packed block of b: half a megabyte, for the second cache.
  BLOCK_TERMS = 512,
  BLOCK_COLUMNS = 256,
};
_Static_assert(BLOCK_TERMS * (BLOCK_COLUMNS + MAX_ROWS) <= GLIA_WORKSPACE, "a block of b and a strip of a");

/// Runs the strips of a product; those of a are copied to `strip_memory` first unless that is NULL.
static void run(struct product *o, enum order order, float *strip_memory) {
  const float *const a = o->a;
  float *const c = o->c;
  const size_t a_step = o->a_step;
  for (size_t i = 0, rows; i < o->m; i += rows) {
    const strip strip = strip_for(o->m - i, order, &rows);
    o->a = a + i * o->a_row;
    o->c = c + i * o->c_row;
    if (strip_memory) {
      for (size_t p = 0; p < o->terms; ++p) {
        for (size_t r = 0; r < rows; r += LANES) {
          const size_t count = rows - r < LANES ? rows - r : LANES;
          store(strip_memory + p * MAX_ROWS + r, count, load(o->a + p * a_step + r, count));
        }
      }
      o->a = strip_memory;
      o->a_step = MAX_ROWS;
    }
    strip(o);
  }
  o->a_step = a_step;
}

/// Packs the product's b, which begins at `b` with rows of b_row elements, into `block`.
static void pack(const struct product *o, const float *b, size_t b_row, bool b_transposed, float *block) {
  for (size_t j = 0; j < o->n; j += PANEL, block += o->b_panel) {
    const size_t count = o->n - j < PANEL ? o->n - j : PANEL;
    if (b_transposed) {
      const float *w = b + j * b_row;
      pack_transposed(count < LANES ? count : LANES, o->terms, w, b_row, block);
      if (count > LANES) pack_transposed(count - LANES, o->terms, w + LANES * b_row, b_row, block + LANES);
    } else {
      pack_panel(count, o->terms, b + j, b_row, block);
    }
  }
}

/// The product in blocks of b of at most `terms` and `columns`.
static void run_blocks(const struct product *whole, enum order order, size_t b_row, bool b_transposed, float *block,
                       size_t terms, size_t columns, float *strip_memory) {
  struct product o = *whole;
  o.b = block;
  o.b_step = PANEL;
  for (size_t j = 0; j < whole->n; j += columns) {
    o.n = whole->n - j < columns ? whole->n - j : columns;
    o.bias = whole->bias ? whole->bias + j : NULL;
    o.add = whole->add;
    size_t p = 0;
    do {
      o.terms = whole->terms - p < terms ? whole->terms - p : terms;
      o.b_panel = o.terms * PANEL;
      o.a = whole->a + p * whole->a_step;
      o.c = whole->c + j;
      pack(&o, whole->b + (b_transposed ? j * b_row + p : p * b_row + j), b_row, b_transposed, block);
      run(&o, order, strip_memory);
      o.add = true;
      p += o.terms;
    } while (p < whole->terms);
  }
}

/// c[m,n] = start + a b, where b(p,j) is b[p b_row + j], or b[j b_row + p] if `b_transposed`.
INLINE void multiply(struct product o, enum order order, size_t b_row, bool b_transposed) {
  if (o.m == 0 || o.n == 0) return;
  if (!b_transposed && (o.m <= MAX_ROWS || o.terms * o.n <= SMALL)) {
    o.b_step = b_row;
    o.b_panel = PANEL;
    run(&o, order, NULL);
    return;
  }
  _Alignas(64) float small[SMALL];
  const size_t columns = (o.n + PANEL - 1) / PANEL * PANEL;
  if (columns * o.terms <= SMALL) {
    o.b_panel = o.terms * PANEL;
    pack(&o, o.b, b_row, b_transposed, small);
    o.b = small;
    o.b_step = PANEL;
    run(&o, order, NULL);
    return;
  }
  float *block = glia_workspace();
  if (block) {
    run_blocks(&o, order, b_row, b_transposed, block, BLOCK_TERMS, BLOCK_COLUMNS,
               order == by_columns ? block + BLOCK_TERMS * BLOCK_COLUMNS : NULL);
  } else {
    run_blocks(&o, order, b_row, b_transposed, small, SMALL / PANEL, PANEL, NULL);
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

static void slice_tn(size_t m, size_t n, size_t k, const float *dy, size_t dy_row, const float *x, bool add, float *dw,
                     size_t row) {
  const struct product o = {n, k, m, .a = dy, .a_row = 1, .a_step = dy_row, .b = x, .add = add, .c = dw, .c_row = row};
  multiply(o, by_columns, row, false);
}

KERNEL(void, matmul_nt)(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y) {
  if (m == 1) return multiply_row(n, k, x, w, bias, y);
  slice_nt(m, n, k, x, w, bias, y, n);
}

KERNEL(void, matmul_nn)(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx) {
  slice_nn(m, n, k, dy, w, dx, k);
}

KERNEL(void, matmul_tn)(size_t m, size_t n, size_t k, const float *dy, const float *x, bool add, float *dw) {
  slice_tn(m, n, k, dy, n, x, add, dw, k);
}

KERNEL(void, sum_rows)(size_t m, size_t n, const float *dy, bool add, float *db) {
  EACH(n, F sum[4]; UNROLL for (int r = 0; r < 4; ++r) sum[r] = 0.0f; const float *row = dy + i; size_t p = 0;
       for (; p + 4 <= m; p += 4, row += 4 * n) {
         UNROLL for (int r = 0; r < 4; ++r) sum[r] += load(row + r * n, count);
       }
       for (; p < m; ++p, row += n) sum[0] += load(row, count);
       const F total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
       store(db + i, count, add ? load(db + i, count) + total : total););
}
