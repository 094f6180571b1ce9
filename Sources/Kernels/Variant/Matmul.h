// The matrix products.

KERNEL(void, matmul_nt)(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y) {
  for (size_t i = 0; i < m; ++i) {
    for (size_t j = 0; j < n; ++j) {
      float sum = bias ? bias[j] : 0.0f;
      for (size_t p = 0; p < k; ++p) sum = x[i * k + p] * w[j * k + p] + sum;
      y[i * n + j] = sum;
    }
  }
}

KERNEL(void, matmul_nn)(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx) {
  for (size_t r = 0; r < m; ++r) {
    EACH(k, F sum = 0.0f; for (size_t p = 0; p < n; ++p) sum = load(w + p * k + i, count) * dy[r * n + p] + sum;
         store(dx + r * k + i, count, sum););
  }
}

KERNEL(void, matmul_tn)(size_t m, size_t n, size_t k, const float *dy, const float *x, bool add, float *dw) {
  for (size_t r = 0; r < n; ++r) {
    EACH(k, F sum = add ? load(dw + r * k + i, count) : (F)0.0f;
         for (size_t p = 0; p < m; ++p) sum = load(x + p * k + i, count) * dy[p * n + r] + sum;
         store(dw + r * k + i, count, sum););
  }
}

KERNEL(void, sum_rows)(size_t m, size_t n, const float *dy, bool add, float *db) {
  EACH(n, F sum = add ? load(db + i, count) : (F)0.0f;
       for (size_t p = 0; p < m; ++p) sum += load(dy + p * n + i, count); store(db + i, count, sum););
}
