#ifndef GLIA_MATMUL_H
#define GLIA_MATMUL_H

#include <stddef.h>

// The three matrix products of a dense layer with m samples, k inputs and n outputs, whose weight is w[n,k].
//
// An element is one chain of products added in the order of the summed index (fused where the machine can), beginning
// with the bias, with the former value, or with 0. It does not depend on its place in the matrix or on the blocking, so
// rows and columns may be computed separately with the same bits. The forward product of a single row is the exception:
// it sums lane by lane. The error is at most (terms + 1) 2⁻²⁴ Σ|x||w|, usually far below.
//
// Large operands are packed into a buffer of about 2 MB that each thread allocates at its first large product and
// frees at its end; no product allocates after that, small ones never do.

/// Forward: y[m,n] = x[m,k] w[n,k]ᵀ + bias[n] in every row; `bias` may be NULL.
void glia_matmul_nt(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y);

/// The same, with `finish` called for every run of outputs as soon as it is computed, on the thread that computed it:
/// what it does to them, such as an activation, happens while they are in the cache.
void glia_matmul_nt_finishing(size_t m, size_t n, size_t k, const float *x, const float *w, const float *bias, float *y,
                              void (*finish)(void *context, float *y, size_t count), void *context);

/// Gradient of the input: dx[m,k] = dy[m,n] w[n,k].
void glia_matmul_nn(size_t m, size_t n, size_t k, const float *dy, const float *w, float *dx);

/// Gradient of the weight: dw[n,k] = dy[m,n]ᵀ x[m,k].
void glia_matmul_tn(size_t m, size_t n, size_t k, const float *dy, const float *x, float *dw);

/// Gradient of the bias: db[n] = Σ of the rows of dy[m,n].
void glia_sum_rows(size_t m, size_t n, const float *dy, float *db);

#endif
