// Copies of an operand in the order in which the tiles read it.

/// y(p,j) = w(j,p) for `count` <= LANES rows of w and `terms` columns; the lanes of y beyond `count` mean nothing.
///
/// Only whole vectors are written: a vector that is read soon after its parts were written would wait for them.
static void pack_transposed(size_t count, size_t terms, const float *w, size_t w_row, float *y) {
  size_t p = 0;
  for (size_t width; terms - p > LANES / 4; p += width) {
    width = terms - p < LANES ? terms - p : LANES;
    F square[LANES];
    if (count == LANES && width == LANES) {
      UNROLL for (size_t r = 0; r < LANES; ++r) square[r] = load(w + r * w_row + p, LANES);
    } else {
      // A row that is not there is read as the last one.
      UNROLL for (size_t r = 0; r < LANES; ++r) {
        square[r] = load_part(w + (r < count ? r : count - 1) * w_row + p, width);
      }
    }
    transpose(square);
    if (width == LANES) {
      UNROLL for (size_t r = 0; r < LANES; ++r) store(y + (p + r) * PANEL, LANES, square[r]);
    } else {
      UNROLL for (size_t r = 0; r < LANES; ++r) {
        if (r < width) store(y + (p + r) * PANEL, LANES, square[r]);
      }
    }
  }
  for (; p < terms; ++p) {
    F column = 0.0f;
    UNROLL for (size_t r = 0; r < LANES; ++r) {
      if (r == count) break;
      column[r] = w[r * w_row + p];
    }
    store(y + p * PANEL, LANES, column);
  }
}

/// y(p,j) = b(p,j) for `columns` columns of b, panel after panel, in the order in which b lies in memory.
static void pack_panels(size_t columns, size_t terms, const float *b, size_t b_row, float *y) {
  for (size_t p = 0; p < terms; ++p, b += b_row, y += PANEL) {
    EACH(columns, store(y + i / PANEL * terms * PANEL + i % PANEL, LANES, load(b + i, count)););
  }
}
