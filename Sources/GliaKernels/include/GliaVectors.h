#ifndef GLIA_VECTORS_H
#define GLIA_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Σ x, accumulated in float64.
double glia_sum(size_t n, const float *x);

/// Σ x², accumulated in float64, where it cannot overflow.
double glia_sum_of_squares(size_t n, const float *x);

/// Returns whether all elements are finite.
bool glia_all_finite(size_t n, const float *x);

/// Returns a 64-bit digest that almost certainly differs if the numbers, their count or their order differ. `seed` is
/// its initial value, such as the digest of preceding data. x may be NULL if n is 0.
uint64_t glia_digest(size_t n, const float *x, uint64_t seed);

/// y += a x
void glia_axpy(size_t n, float a, const float *x, float *y);

/// y = a x; y may be x.
void glia_scale(size_t n, float a, const float *x, float *y);

/// Row i of y[count,width] = row indices[i] of x; every index must be a row of x.
void glia_gather_rows(const float *x, size_t width, const size_t *indices, size_t count, float *y);

#endif
