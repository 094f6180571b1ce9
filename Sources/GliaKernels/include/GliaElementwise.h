#ifndef GLIA_ELEMENTWISE_H
#define GLIA_ELEMENTWISE_H

#include <stddef.h>

// Functions of n elements; y may be x. Unless stated otherwise, the error is at most 4 units in the last place over all
// floats, including subnormal ones, and ±0, ±∞ and NaN give what IEEE 754-2019 requires. NaN stays NaN.

/// y = eˣ
void glia_exp(size_t n, const float *x, float *y);
/// y = ln(1 + eˣ)
void glia_softplus(size_t n, const float *x, float *y);
/// y = 1 / (1 + e⁻ˣ)
void glia_sigmoid(size_t n, const float *x, float *y);
/// y = tanh x
void glia_tanh(size_t n, const float *x, float *y);
/// y = max(x, 0), exact.
void glia_relu(size_t n, const float *x, float *y);
/// y = x for x >= 0, slope x below, rounded once.
void glia_leaky_relu(size_t n, float slope, const float *x, float *y);
/// y = x for x >= 0, alpha (eˣ - 1) below.
void glia_elu(size_t n, float alpha, const float *x, float *y);
/// y = ½ x (1 + erf(x / √2)), error at most 5 units in the last place, in the negative tail too.
void glia_gelu(size_t n, const float *x, float *y);
/// y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), absolute error at most 2⁻²² max(|y|, 1); the relative one grows with
/// the exponent in the negative tail (200 units at -10).
void glia_gelu_tanh(size_t n, const float *x, float *y);

// Pullbacks: dx = f′ dy, from the function's input z or its output a, according to the parameter's name. dx may be dy,
// z or a.
// At a kink the slope is that of the lower branch.

/// dx = (1 - a²) dy, a = tanh z.
void glia_tanh_pullback(size_t n, const float *a, const float *dy, float *dx);
/// dx = a (1 - a) dy, a = σ(z).
void glia_sigmoid_pullback(size_t n, const float *a, const float *dy, float *dx);
/// dx = dy for z > 0, otherwise 0; a may be passed for z.
void glia_relu_pullback(size_t n, const float *z, const float *dy, float *dx);
/// dx = dy for z > 0, otherwise slope dy; a may be passed for z if slope > 0.
void glia_leaky_relu_pullback(size_t n, float slope, const float *z, const float *dy, float *dx);
/// dx = dy for z > 0, otherwise alpha eᶻ dy.
void glia_elu_pullback(size_t n, float alpha, const float *z, const float *dy, float *dx);
/// dx = (Φ(z) + z φ(z)) dy, absolute error of the factor at most 2⁻²¹.
void glia_gelu_pullback(size_t n, const float *z, const float *dy, float *dx);
/// The same for the tanh approximation, absolute error of the factor at most 2⁻²¹.
void glia_gelu_tanh_pullback(size_t n, const float *z, const float *dy, float *dx);

#endif
