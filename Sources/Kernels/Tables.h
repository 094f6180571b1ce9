#ifndef GLIA_TABLES_H
#define GLIA_TABLES_H

#include "GliaScalarMath.h"
#include "GliaVariants.h"

/// What one instruction set brings: its kernels, and the products of slices of the operands, for threads to share.
struct glia_variant {
  struct glia_kernels kernels;
  /// y[m,n] = x[m,k] w[n,k]ᵀ + bias, in rows of y that are y_row elements apart.
  void (*slice_nt)(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y,
                   size_t y_row);
  /// dx[m,k] = dy[m,n] w[n,k], in rows of w and dx that are `row` elements apart.
  void (*slice_nn)(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx, size_t row);
  /// dw[n,k] = dy[m,n]ᵀ x[m,k], in rows of dy that are dy_row apart, of x and dw that are `row` elements apart.
  void (*slice_tn)(size_t m, size_t n, size_t k, const float *dy, size_t dy_row, const float *x, float *dw,
                   size_t row);
};

extern const struct glia_variant glia_portable_variant;
#if defined(__x86_64__)
extern const struct glia_variant glia_avx2_variant, glia_avx512_variant;
#endif

/// The best variant that this machine runs.
extern const struct glia_variant *glia_best;

/// The floats of a thread's workspace.
enum { GLIA_WORKSPACE = 512 * (256 + 768) };

/// This thread's workspace, aligned to a cache line; NULL if there is no memory for it.
float *glia_workspace(void);

#endif
