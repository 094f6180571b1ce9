// Copies of an operand in the order in which the tiles read it.

#if LANES == 16
#define LOW_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define HIGH_PAIRS(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif LANES == 8
#define LOW_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define HIGH_PAIRS(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#else
#define LOW_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define HIGH_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#endif

/// Transposes a square of LANES rows: dealing the halves out in turn does it, log2(LANES) times.
INLINE void transpose(F rows[LANES]) {
  UNROLL for (int width = 1; width < LANES; width *= 2) {
    F dealt[LANES];
    UNROLL for (int r = 0; r < LANES / 2; ++r) {
      dealt[2 * r] = LOW_PAIRS(rows[r], rows[r + LANES / 2]);
      dealt[2 * r + 1] = HIGH_PAIRS(rows[r], rows[r + LANES / 2]);
    }
    UNROLL for (int r = 0; r < LANES; ++r) rows[r] = dealt[r];
  }
}

/// y(p,j) = w(j,p) for `count` <= LANES rows of w and `terms` columns; the lanes of y beyond `count` mean nothing.
static void pack_transposed(size_t count, size_t terms, const float *w, size_t w_row, float *y) {
  if (count * terms <= 4 * LANES) {
    for (size_t j = 0; j < count; ++j) {
      for (size_t p = 0; p < terms; ++p) y[p * PANEL + j] = w[j * w_row + p];
    }
    return;
  }
  for (size_t p = 0; p < terms; p += LANES) {
    const size_t width = terms - p < LANES ? terms - p : LANES;
    F square[LANES];
    if (count == LANES && width == LANES) {
      UNROLL for (int r = 0; r < LANES; ++r) square[r] = load(w + r * w_row + p, LANES);
      transpose(square);
      UNROLL for (int r = 0; r < LANES; ++r) store(y + (p + r) * PANEL, LANES, square[r]);
    } else {
      // A row that is not there is read as the last one.
      UNROLL for (int r = 0; r < LANES; ++r) {
        square[r] = load_part(w + ((size_t)r < count ? (size_t)r : count - 1) * w_row + p, width);
      }
      transpose(square);
      UNROLL for (int r = 0; r < LANES; ++r) {
        if ((size_t)r < width) store(y + (p + r) * PANEL, LANES, square[r]);
      }
    }
  }
}

/// y(p,j) = b(p,j) for `count` <= PANEL columns of b.
static void pack_panel(size_t count, size_t terms, const float *b, size_t b_row, float *y) {
  for (size_t p = 0; p < terms; ++p, b += b_row, y += PANEL) {
    store(y, LANES, load(b, count < LANES ? count : LANES));
    if (count > LANES) store(y + LANES, LANES, load(b + LANES, count - LANES));
  }
}
