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
static void run(struct product o, enum order order, float *strip_memory) {
  const float *a = o.a;
  const size_t a_step = o.a_step;
  for (size_t i = 0, rows; i < o.m; i += rows, o.c += rows * o.c_row) {
    const strip strip = strip_for(o.m - i, order, &rows);
    o.a = a + i * o.a_row;
    if (strip_memory) {
      for (size_t p = 0; p < o.terms; ++p) {
        for (size_t r = 0; r < rows; r += LANES) {
          const size_t count = rows - r < LANES ? rows - r : LANES;
          store(strip_memory + p * MAX_ROWS + r, count, load(o.a + p * a_step + r, count));
        }
      }
      o.a = strip_memory;
      o.a_step = MAX_ROWS;
    }
    strip(&o);
  }
}

/// c[m,n] = start + a b, where b(p,j) is b[p b_row + j], or b[j b_row + p] if `b_transposed`.
static void multiply(struct product o, enum order order, size_t b_row, bool b_transposed) {
  const size_t panels = (o.n + PANEL - 1) / PANEL;
  if (!b_transposed && (o.m <= MAX_ROWS || o.terms * o.n <= SMALL)) {
    o.b_step = b_row;
    o.b_panel = PANEL;
    run(o, order, NULL);
    return;
  }
  _Alignas(64) float small[SMALL];
  float *block = small, *strip_memory = NULL;
  size_t block_terms = SMALL / PANEL, block_columns = PANEL;
  if (panels * PANEL * o.terms <= SMALL) {
    block_terms = o.terms;
    block_columns = panels * PANEL;
  } else if ((block = glia_workspace())) {
    block_terms = BLOCK_TERMS;
    block_columns = BLOCK_COLUMNS;
    if (order == by_columns) strip_memory = block + BLOCK_TERMS * BLOCK_COLUMNS;
  } else {
    block = small;
  }

  const struct product all = o;
  for (size_t j = 0; j < all.n; j += block_columns) {
    o.n = all.n - j < block_columns ? all.n - j : block_columns;
    o.c = all.c + j;
    o.bias = all.bias ? all.bias + j : NULL;
    o.add = all.add;
    o.b = block;
    o.b_step = PANEL;
    size_t p = 0;
    do {
      o.terms = all.terms - p < block_terms ? all.terms - p : block_terms;
      o.b_panel = o.terms * PANEL;
      o.a = all.a + p * all.a_step;
      for (size_t q = 0; q < o.n; q += PANEL) {
        float *panel = block + q / PANEL * o.b_panel;
        const size_t count = o.n - q < PANEL ? o.n - q : PANEL;
        if (b_transposed) {
          const float *w = all.b + (j + q) * b_row + p;
          pack_transposed(count < LANES ? count : LANES, o.terms, w, b_row, panel);
          if (count > LANES) pack_transposed(count - LANES, o.terms, w + LANES * b_row, b_row, panel + LANES);
        } else {
          pack_panel(count, o.terms, all.b + p * b_row + j + q, b_row, panel);
        }
      }
      run(o, order, strip_memory);
      o.add = true;
      p += o.terms;
    } while (p < all.terms);
  }
}

/// y[n] = x[k] w[n,k]ᵀ + bias, lane by lane: packing w would cost more than the product.
static void multiply_row(size_t n, size_t k, const float *x, const float *w, const float *bias, float *y) {
  for (size_t j = 0; j < n; ++j, w += k) {
    F even = 0.0f, odd = 0.0f;
    EACH(k, const F term = load(x + i, count) * load(w + i, count) + even; even = odd; odd = term;);
    y[j] = sum_lanes(even + odd) + (bias ? bias[j] : 0.0f);
  }
}

KERNEL(void, matmul_nt)(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y) {
  if (m == 1) return multiply_row(n, k, x, w, bias, y);
  multiply((struct product){m, n, k, .a = x, .a_row = k, .a_step = 1, .b = w, .bias = bias, .c = y, .c_row = n}, by_rows,
           k, true);
}

KERNEL(void, matmul_nn)(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx) {
  multiply((struct product){m, k, n, .a = dy, .a_row = n, .a_step = 1, .b = w, .c = dx, .c_row = k}, by_rows, k, false);
}

KERNEL(void, matmul_tn)(size_t m, size_t n, size_t k, const float *dy, const float *x, bool add, float *dw) {
  multiply((struct product){n, k, m, .a = dy, .a_row = 1, .a_step = n, .b = x, .add = add, .c = dw, .c_row = k}, by_columns,
           k, false);
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
