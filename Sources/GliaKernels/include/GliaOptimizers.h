#ifndef GLIA_OPTIMIZERS_H
#define GLIA_OPTIMIZERS_H

#include <stddef.h>

// Updates of n parameters w from their gradient g, in one pass over memory, with PyTorch's formulas. States start at
// zero.

/// w -= rate g
void glia_sgd(size_t n, float rate, const float *g, float *w);

/// v = momentum v + g; w -= rate v
void glia_momentum(size_t n, float rate, float momentum, const float *g, float *v, float *w);

/// v = momentum v + g; w -= rate (g + momentum v)
void glia_nesterov(size_t n, float rate, float momentum, const float *g, float *v, float *w);

/// square = rho square + (1 - rho) g²; w -= rate g / (√square + epsilon)
///
/// With `mean` not NULL (centered): mean = rho mean + (1 - rho) g, and √(square - mean²) replaces √square.
/// With `velocity` not NULL: velocity = momentum velocity + g / (√... + epsilon); w -= rate velocity.
void glia_rmsprop(size_t n, float rate, float rho, float epsilon, float momentum, const float *g, float *square,
                  float *mean, float *velocity, float *w);

/// m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g²; w -= rate (m / c1) / (√(v / c2) + epsilon)
///
/// The bias corrections c1 = 1 - beta1ᵗ and c2 = 1 - beta2ᵗ belong to step t = 1, 2, ...; compute them once per step in
/// float64. Kingma and Ba, Adam: a method for stochastic optimization, 2015.
void glia_adam(size_t n, float rate, float beta1, float beta2, float epsilon, float c1, float c2, const float *g,
               float *m, float *v, float *w);

#endif
