// Squares of LANES vectors turned over, or folded into one vector.

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

/// The sums of LANES vectors, in their order: half as many vectors hold twice as many partial sums, until one is left.
INLINE F fold(F rows[LANES]) {
  UNROLL for (int half = LANES / 2; half > 0; half /= 2) {
    UNROLL for (int r = 0; r < half; ++r) {
      rows[r] = LOW_PAIRS(rows[r], rows[r + half]) + HIGH_PAIRS(rows[r], rows[r + half]);
    }
  }
  return rows[0];
}

/// The first `columns` <= LANES columns of up to LANES rows as vectors, a row to a lane; the last row fills those that
/// are not there.
INLINE void load_columns(size_t rows, size_t columns, const float *x, F column[LANES]) {
  UNROLL for (size_t r = 0; r < LANES; ++r) column[r] = load_part(x + (r < rows ? r : rows - 1) * columns, columns);
  transpose(column);
}

/// Writes what load_columns read.
INLINE void store_columns(size_t rows, size_t columns, F column[LANES], float *y) {
  transpose(column);
  UNROLL for (size_t r = 0; r < LANES; ++r) {
    if (r < rows) store_part(y + r * columns, columns, column[r]);
  }
}
