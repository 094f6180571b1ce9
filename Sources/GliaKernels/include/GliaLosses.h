#ifndef GLIA_LOSSES_H
#define GLIA_LOSSES_H

#include <stddef.h>

// Functions of each row of a matrix, and losses fused with their last activation.
//
// A loss returns Σ weight loss over the batch, unscaled and summed in float64, and writes its gradient times `scale`
// (1 / rows for a mean over samples). `weights` holds one weight per row, or is NULL for ones; `dz` may be z, or NULL
// when only the value is needed.

/// y = exp(x - max) / Σ exp(x - max) in each row of x[rows,columns]; y may be x.
///
/// A row that contains NaN or +∞, or only -∞, becomes NaN.
void glia_softmax(size_t rows, size_t columns, const float *x, float *y);

/// dx = y (dy - Σ y dy) in each row, where y = softmax(x); dx may be dy or y.
void glia_softmax_pullback(size_t rows, size_t columns, const float *y, const float *dy, float *dx);

/// Sigmoid with binary cross-entropy from logits z[rows,columns] and targets t in 0...1 of the same shape.
///
/// loss = max(z, 0) - z t + ln(1 + e^-|z|), summed over the row; dz = (σ(z) - t) weight scale.
double glia_sigmoid_crossentropy(size_t rows, size_t columns, const float *z, const float *t, const float *weights,
                                 float scale, float *dz);

/// Softmax with categorical cross-entropy from logits z[rows,classes] and probabilities t of the same shape.
///
/// loss = Σ t (ln Σ eᶻ - z); dz = (p Σt - t) weight scale with p = softmax(z), which is (p - t) where Σt = 1.
double glia_softmax_crossentropy(size_t rows, size_t classes, const float *z, const float *t, const float *weights,
                                 float scale, float *dz);

/// The same with one class index per row, stored as a float; if it is not an integer or not a class, the value and its
/// row of dz become NaN.
double glia_softmax_crossentropy_labels(size_t rows, size_t classes, const float *z, const float *labels,
                                        const float *weights, float scale, float *dz);

#endif
