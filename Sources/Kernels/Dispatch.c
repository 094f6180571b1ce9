// The public functions: each calls the best variant that this machine runs.

#include "Tables.h"

static const struct glia_kernels *best = &glia_portable_kernels;
static enum glia_isa best_isa = GLIA_PORTABLE;

const struct glia_kernels *glia_kernels_for(enum glia_isa isa) {
  switch (isa) {
  case GLIA_PORTABLE: return &glia_portable_kernels;
#if defined(__x86_64__)
  case GLIA_AVX2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                   __builtin_cpu_supports("bmi2")
               ? &glia_avx2_kernels
               : NULL;
  case GLIA_AVX512:
    return glia_kernels_for(GLIA_AVX2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512cd")
               ? &glia_avx512_kernels
               : NULL;
#endif
  default: return NULL;
  }
}

__attribute__((constructor)) static void choose(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
#endif
  for (enum glia_isa isa = GLIA_PORTABLE; isa <= GLIA_AVX512; ++isa) {
    const struct glia_kernels *kernels = glia_kernels_for(isa);
    if (!kernels) continue;
    best = kernels;
    best_isa = isa;
  }
}

enum glia_isa glia_isa(void) { return best_isa; }

const char *glia_isa_name(enum glia_isa isa) {
  switch (isa) {
  case GLIA_PORTABLE: return "portable";
  case GLIA_AVX2: return "avx2";
  case GLIA_AVX512: return "avx512";
  }
  return "unknown";
}

void glia_matmul_nt(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y) {
  best->matmul_nt(m, n, k, x, w, bias, y);
}

void glia_matmul_nn(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx) {
  best->matmul_nn(m, n, k, dy, w, dx);
}

void glia_matmul_tn(size_t m, size_t n, size_t k, const float *dy, const float *x, bool add, float *dw) {
  best->matmul_tn(m, n, k, dy, x, add, dw);
}

void glia_sum_rows(size_t m, size_t n, const float *dy, bool add, float *db) {
  best->sum_rows(m, n, dy, add, db);
}

void glia_exp(size_t n, const float *x, float *y) {
  best->exp(n, x, y);
}

void glia_log(size_t n, const float *x, float *y) {
  best->log(n, x, y);
}

void glia_softplus(size_t n, const float *x, float *y) {
  best->softplus(n, x, y);
}

void glia_sigmoid(size_t n, const float *x, float *y) {
  best->sigmoid(n, x, y);
}

void glia_tanh(size_t n, const float *x, float *y) {
  best->tanh(n, x, y);
}

void glia_erf(size_t n, const float *x, float *y) {
  best->erf(n, x, y);
}

void glia_relu(size_t n, const float *x, float *y) {
  best->relu(n, x, y);
}

void glia_leaky_relu(size_t n, float slope, const float *x, float *y) {
  best->leaky_relu(n, slope, x, y);
}

void glia_elu(size_t n, float alpha, const float *x, float *y) {
  best->elu(n, alpha, x, y);
}

void glia_gelu(size_t n, const float *x, float *y) {
  best->gelu(n, x, y);
}

void glia_gelu_tanh(size_t n, const float *x, float *y) {
  best->gelu_tanh(n, x, y);
}

void glia_tanh_pullback(size_t n, const float *a, const float *dy, float *dx) {
  best->tanh_pullback(n, a, dy, dx);
}

void glia_sigmoid_pullback(size_t n, const float *a, const float *dy, float *dx) {
  best->sigmoid_pullback(n, a, dy, dx);
}

void glia_softplus_pullback(size_t n, const float *z, const float *dy, float *dx) {
  best->softplus_pullback(n, z, dy, dx);
}

void glia_relu_pullback(size_t n, const float *z, const float *dy, float *dx) {
  best->relu_pullback(n, z, dy, dx);
}

void glia_leaky_relu_pullback(size_t n, float slope, const float *z, const float *dy, float *dx) {
  best->leaky_relu_pullback(n, slope, z, dy, dx);
}

void glia_elu_pullback(size_t n, float alpha, const float *z, const float *dy, float *dx) {
  best->elu_pullback(n, alpha, z, dy, dx);
}

void glia_gelu_pullback(size_t n, const float *z, const float *dy, float *dx) {
  best->gelu_pullback(n, z, dy, dx);
}

void glia_gelu_tanh_pullback(size_t n, const float *z, const float *dy, float *dx) {
  best->gelu_tanh_pullback(n, z, dy, dx);
}

void glia_softmax(size_t rows, size_t columns, const float *x, float *y) {
  best->softmax(rows, columns, x, y);
}

void glia_log_sum_exp(size_t rows, size_t columns, const float *x, float *y) {
  best->log_sum_exp(rows, columns, x, y);
}

void glia_softmax_pullback(size_t rows, size_t columns, const float *y, const float *dy, float *dx) {
  best->softmax_pullback(rows, columns, y, dy, dx);
}

double glia_sigmoid_crossentropy(size_t rows, size_t columns, const float *z, const float *t, const float *weights,
                                 float scale, float *dz) {
  return best->sigmoid_crossentropy(rows, columns, z, t, weights, scale, dz);
}

double glia_softmax_crossentropy(size_t rows, size_t classes, const float *z, const float *t, const float *weights,
                                 float scale, float *dz) {
  return best->softmax_crossentropy(rows, classes, z, t, weights, scale, dz);
}

double glia_softmax_crossentropy_indices(size_t rows, size_t classes, const float *z, const size_t *indices,
                                         const float *weights, float scale, float *dz) {
  return best->softmax_crossentropy_indices(rows, classes, z, indices, weights, scale, dz);
}

double glia_softmax_crossentropy_labels(size_t rows, size_t classes, const float *z, const float *labels,
                                        const float *weights, float scale, float *dz) {
  return best->softmax_crossentropy_labels(rows, classes, z, labels, weights, scale, dz);
}

void glia_sgd(size_t n, float rate, const float *g, float *w) {
  best->sgd(n, rate, g, w);
}

void glia_momentum(size_t n, float rate, float momentum, const float *g, float *v, float *w) {
  best->momentum(n, rate, momentum, g, v, w);
}

void glia_nesterov(size_t n, float rate, float momentum, const float *g, float *v, float *w) {
  best->nesterov(n, rate, momentum, g, v, w);
}

void glia_rmsprop(size_t n, float rate, float rho, float epsilon, float momentum, const float *g, float *square,
                  float *mean, float *velocity, float *w) {
  best->rmsprop(n, rate, rho, epsilon, momentum, g, square, mean, velocity, w);
}

void glia_adam(size_t n, float rate, float beta1, float beta2, float epsilon, float c1, float c2, const float *g,
               float *m, float *v, float *w) {
  best->adam(n, rate, beta1, beta2, epsilon, c1, c2, g, m, v, w);
}

double glia_sum(size_t n, const float *x) {
  return best->sum(n, x);
}

double glia_sum_of_squares(size_t n, const float *x) {
  return best->sum_of_squares(n, x);
}

float glia_max_abs(size_t n, const float *x) {
  return best->max_abs(n, x);
}

bool glia_all_finite(size_t n, const float *x) {
  return best->all_finite(n, x);
}

void glia_axpy(size_t n, float a, const float *x, float *y) {
  best->axpy(n, a, x, y);
}

void glia_scale(size_t n, float a, const float *x, float *y) {
  best->scale(n, a, x, y);
}

void glia_gather_rows(const float *x, size_t width, const size_t *indices, size_t count, float *y) {
  best->gather_rows(x, width, indices, count, y);
}
