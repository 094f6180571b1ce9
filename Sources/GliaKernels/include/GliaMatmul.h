#ifndef GLIA_MATMUL_H
#define GLIA_MATMUL_H

#include <stddef.h>

// The three matrix products of a dense layer with m samples, k inputs and n outputs, whose weight is w[n,k].
//
// An element is the sum of its products in the order of the summed index, fused where the machine can, starting with
// the bias or 0. It does not depend on its position in the matrix or on the blocking, so rows and columns may be
// computed separately with bit-identical results. The forward product of a single row is the exception: each lane has
// its own sum. The error is at most (terms + 1) 2⁻²⁴ Σ|x||w|, usually far smaller.
//
// Large operands are packed into a buffer of about 2 MB, which each thread allocates at its first large product and
// frees when it ends. No product allocates after that, and small ones never do.

/// Forward: y[m,n] = x[m,k] w[n,k]ᵀ + bias[n] in every row; `bias` may be NULL.
void glia_matmul_nt(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y);

/// The same, with `finish` called for every run of outputs as soon as it is computed, on the thread that computed it,
/// while it is in the cache: for an activation, for example.
void glia_matmul_nt_finishing(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y,
                              void (*finish)(void *context, float *y, size_t count), void *context);

/// Gradient of the input: dx[m,k] = dy[m,n] w[n,k].
void glia_matmul_nn(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx);

/// Gradient of the weight: dw[n,k] = dy[m,n]ᵀ x[m,k].
void glia_matmul_tn(size_t m, size_t n, size_t k, const float *dy, const float *x, float *dw);

/// Gradient of the bias: db[n] = Σ of the rows of dy[m,n].
void glia_sum_rows(size_t m, size_t n, const float *dy, float *db);

#endif
