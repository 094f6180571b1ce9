#ifndef GLIA_TABLES_H
#define GLIA_TABLES_H

// Declarations shared by the sources, but not with callers.

#include "GliaScalarMath.h"
#include "GliaVariants.h"

/// The code compiled for one instruction set: its kernels, and products of parts of matrices that threads divide up.
///
/// As in BLAS, ld... is the leading dimension: the distance between rows in memory.
struct glia_variant {
  struct glia_kernels kernels;
  /// y[m,n] = x[m,k] w[n,k]ᵀ + bias
  void (*gemm_nt)(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y,
                  size_t ldy);
  /// dx[m,k] = dy[m,n] w[n,k]; `ld` belongs to w and dx.
  void (*gemm_nn)(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx, size_t ld);
  /// dw[n,k] = dy[m,n]ᵀ x[m,k]; `ld` belongs to x and dw.
  void (*gemm_tn)(size_t m, size_t n, size_t k, const float *dy, size_t lddy, const float *x, float *dw, size_t ld);
};

extern const struct glia_variant glia_portable_variant;
#if defined(__x86_64__)
extern const struct glia_variant glia_avx2_variant, glia_avx512_variant;
#endif

/// The best variant that this machine supports.
extern const struct glia_variant *glia_best;

/// Floats in the L2 cache of a processor, as far as the products use it: at least GLIA_LEAST_L2_FLOATS, at most a megabyte.
extern size_t glia_l2_floats;

enum {
  /// The floats in 256 kB, the smallest L2 cache of processors with the wider instruction sets.
  GLIA_LEAST_L2_FLOATS = 1 << 16,
  /// Elements of a vector from which a second thread pays off.
  GLIA_SHARED_ELEMENTS = 1 << 15,
  /// Floats in a thread's workspace: a packed block of each operand, KC * NC + MC * KC in Gemm.inc.
  GLIA_WORKSPACE = 512 * (256 + 768),
};

/// This thread's workspace, aligned to a cache line; NULL if there is no memory for it.
float *glia_workspace(void);

#endif
