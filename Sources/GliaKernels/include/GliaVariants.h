#ifndef GLIA_VARIANTS_H
#define GLIA_VARIANTS_H

#include "GliaElementwise.h"
#include "GliaLosses.h"
#include "GliaMatmul.h"
#include "GliaOptimizers.h"
#include "GliaVectors.h"

// The same sources are compiled for several instruction sets. Tests run every variant through its table; other callers
// do not need this header, so GliaKernels.h leaves it out.

/// An instruction set that the kernels are compiled for, from the narrowest to the widest.
enum glia_isa { GLIA_PORTABLE = 0, GLIA_AVX2 = 1, GLIA_AVX512 = 2 };

/// Applies a macro to the name of every kernel, without its prefix.
#define GLIA_KERNELS(X)                                                                                                \
  X(matmul_nt) X(matmul_nn) X(matmul_tn) X(sum_rows)                                                                   \
  X(exp) X(softplus) X(sigmoid) X(tanh)                                                                                \
  X(relu) X(leaky_relu) X(elu) X(gelu) X(gelu_tanh)                                                                    \
  X(tanh_pullback) X(sigmoid_pullback) X(relu_pullback)                                                                \
  X(leaky_relu_pullback) X(elu_pullback) X(gelu_pullback) X(gelu_tanh_pullback)                                        \
  X(softmax) X(softmax_pullback)                                                                                       \
  X(sigmoid_crossentropy) X(softmax_crossentropy) X(softmax_crossentropy_labels)                                       \
  X(sgd) X(momentum) X(nesterov) X(rmsprop) X(adam)                                                                    \
  X(sum) X(sum_of_squares) X(all_finite) X(axpy) X(scale) X(gather_rows)

/// All kernels of one variant; member `exp` is that variant's `glia_exp`, and so on.
struct glia_kernels {
#define GLIA_MEMBER(name) __typeof__(glia_##name) *name;
  GLIA_KERNELS(GLIA_MEMBER)
#undef GLIA_MEMBER
};

/// Returns the instruction set that the public functions use: the one that the environment variable GLIA_KERNELS names
/// if this machine supports it, otherwise the widest that it supports.
enum glia_isa glia_isa(void);

/// Returns its name, such as "avx512".
const char *glia_isa_name(enum glia_isa isa);

/// Returns the kernels compiled for `isa`, or NULL if this machine cannot run them.
const struct glia_kernels *glia_kernels_for(enum glia_isa isa);

#endif
