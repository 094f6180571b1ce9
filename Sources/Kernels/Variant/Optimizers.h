// One pass over the parameters, their gradient and the optimizer's state. The square of a large gradient may not fit in a
// float where its share of a running mean does: hence slope * fresh * slope.

KERNEL(void, sgd)(size_t n, float rate, const float *restrict g, float *restrict w) {
  EACH(n, store(w + i, count, load(w + i, count) - load(g + i, count) * rate););
}

KERNEL(void, momentum)(size_t n, float rate, float momentum, const float *restrict g, float *restrict v,
                       float *restrict w) {
  EACH(n, const F velocity = load(v + i, count) * momentum + load(g + i, count); store(v + i, count, velocity);
       store(w + i, count, load(w + i, count) - velocity * rate););
}

KERNEL(void, nesterov)(size_t n, float rate, float momentum, const float *restrict g, float *restrict v,
                       float *restrict w) {
  EACH(n, const F slope = load(g + i, count); const F velocity = load(v + i, count) * momentum + slope;
       store(v + i, count, velocity);
       store(w + i, count, load(w + i, count) - (velocity * momentum + slope) * rate););
}

KERNEL(void, rmsprop)(size_t n, float rate, float rho, float epsilon, float momentum, const float *restrict g,
                      float *restrict square, float *restrict mean, float *restrict velocity, float *restrict w) {
  const float fresh = 1.0f - rho;
  EACH(n, const F slope = load(g + i, count); const F s = load(square + i, count) * rho + slope * fresh * slope;
       store(square + i, count, s); F variance = s;
       if (mean) {
         const F m = load(mean + i, count) * rho + slope * fresh;
         store(mean + i, count, m);
         // Rounding may leave a variance below 0, whose root would be NaN.
         variance = s - m * m;
         variance = variance < 0.0f ? (F)0.0f : variance;
       }
       F step = slope / (__builtin_elementwise_sqrt(variance) + epsilon);
       if (velocity) {
         step = load(velocity + i, count) * momentum + step;
         store(velocity + i, count, step);
       }
       store(w + i, count, load(w + i, count) - step * rate););
}

KERNEL(void, adam)(size_t n, float rate, float beta1, float beta2, float epsilon, float c1, float c2,
                   const float *restrict g, float *restrict m, float *restrict v, float *restrict w) {
  const float fresh1 = 1.0f - beta1, fresh2 = 1.0f - beta2;
  const float step = rate / c1, root = 1.0f / __builtin_elementwise_sqrt(c2);
  EACH(n, const F slope = load(g + i, count); const F mean = load(m + i, count) * beta1 + slope * fresh1;
       const F square = load(v + i, count) * beta2 + slope * fresh2 * slope; store(m + i, count, mean);
       store(v + i, count, square);
       const F size = __builtin_elementwise_sqrt(square) * root + epsilon;
       store(w + i, count, load(w + i, count) - mean / size * step););
}
