// The public kernels over vectors; long ones are divided among threads.
//
// Every element is computed independently, so the pieces give bit-identical results.

#include "GliaThreads.h"
#include "Tables.h"

enum {
  /// Pieces are multiples of this, which is a multiple of a cache line and of a vector.
  PIECE_UNIT = 64,
};

/// One kernel over n elements: its scalars, and the vectors that it reads and writes.
struct vector_call {
  void (*compute)(const struct vector_call *call, size_t i, size_t count);
  size_t n, piece;
  float scalar[6];
  const float *input[3];
  float *output[4];
};

static void compute_piece(void *context, size_t part) {
  const struct vector_call *const o = context;
  const size_t i = part * o->piece;
  if (i < o->n) o->compute(o, i, o->n - i < o->piece ? o->n - i : o->piece);
}

static void compute_in_pieces(struct vector_call call) {
  const size_t threads = call.n < GLIA_SHARED_ELEMENTS ? 1 : glia_threads();
  if (threads < 2) return call.compute(&call, 0, call.n);
  call.piece = ((call.n + threads - 1) / threads + PIECE_UNIT - 1) / PIECE_UNIT * PIECE_UNIT;
  glia_parallel(threads, call.n / 4, compute_piece, &call);
}

/// compute_name calls kernel `name` for `count` elements from i on, with the arguments that follow.
#define COMPUTE(name, ...)                                                                                             \
  static void compute_##name(const struct vector_call *o, size_t i, size_t count) {                                    \
    glia_best->kernels.name(count, __VA_ARGS__);                                                                       \
  }
#define SCALAR(index) (o->scalar[index])
#define INPUT(index) (o->input[index] + i)
#define OUTPUT(index) (o->output[index] ? o->output[index] + i : NULL)

#define PUBLISH_MAP(name)                                                                                              \
  COMPUTE(name, INPUT(0), OUTPUT(0))                                                                                   \
  void glia_##name(size_t n, const float *x, float *y) {                                                               \
    if (n < GLIA_SHARED_ELEMENTS) return glia_best->kernels.name(n, x, y);                                             \
    compute_in_pieces((struct vector_call){.compute = compute_##name, .n = n, .input = {x}, .output = {y}});           \
  }
#define PUBLISH_MAP_WITH(name)                                                                                         \
  COMPUTE(name, SCALAR(0), INPUT(0), OUTPUT(0))                                                                        \
  void glia_##name(size_t n, float setting, const float *x, float *y) {                                                \
    if (n < GLIA_SHARED_ELEMENTS) return glia_best->kernels.name(n, setting, x, y);                                    \
    compute_in_pieces((struct vector_call){                                                                            \
        .compute = compute_##name, .n = n, .scalar = {setting}, .input = {x}, .output = {y}});                         \
  }
#define PUBLISH_PULLBACK(name)                                                                                         \
  COMPUTE(name, INPUT(0), INPUT(1), OUTPUT(0))                                                                         \
  void glia_##name(size_t n, const float *x, const float *dy, float *dx) {                                             \
    if (n < GLIA_SHARED_ELEMENTS) return glia_best->kernels.name(n, x, dy, dx);                                        \
    compute_in_pieces((struct vector_call){.compute = compute_##name, .n = n, .input = {x, dy}, .output = {dx}});      \
  }
#define PUBLISH_PULLBACK_WITH(name)                                                                                    \
  COMPUTE(name, SCALAR(0), INPUT(0), INPUT(1), OUTPUT(0))                                                              \
  void glia_##name(size_t n, float setting, const float *x, const float *dy, float *dx) {                              \
    if (n < GLIA_SHARED_ELEMENTS) return glia_best->kernels.name(n, setting, x, dy, dx);                               \
    compute_in_pieces((struct vector_call){                                                                            \
        .compute = compute_##name, .n = n, .scalar = {setting}, .input = {x, dy}, .output = {dx}});                    \
  }

PUBLISH_MAP(exp)
PUBLISH_MAP(softplus)
PUBLISH_MAP(sigmoid)
PUBLISH_MAP(tanh)
PUBLISH_MAP(relu)
PUBLISH_MAP(gelu)
PUBLISH_MAP(gelu_tanh)
PUBLISH_MAP_WITH(leaky_relu)
PUBLISH_MAP_WITH(elu)
PUBLISH_MAP_WITH(scale)
PUBLISH_MAP_WITH(axpy)
PUBLISH_PULLBACK(tanh_pullback)
PUBLISH_PULLBACK(sigmoid_pullback)
PUBLISH_PULLBACK(relu_pullback)
PUBLISH_PULLBACK(gelu_pullback)
PUBLISH_PULLBACK(gelu_tanh_pullback)
PUBLISH_PULLBACK_WITH(leaky_relu_pullback)
PUBLISH_PULLBACK_WITH(elu_pullback)

COMPUTE(sgd, SCALAR(0), INPUT(0), OUTPUT(0))
void glia_sgd(size_t n, float rate, const float *g, float *w) {
  compute_in_pieces((struct vector_call){
      .compute = compute_sgd, .n = n, .scalar = {rate}, .input = {g}, .output = {w}});
}

COMPUTE(momentum, SCALAR(0), SCALAR(1), INPUT(0), OUTPUT(0), OUTPUT(1))
void glia_momentum(size_t n, float rate, float momentum, const float *g, float *v, float *w) {
  compute_in_pieces((struct vector_call){
      .compute = compute_momentum, .n = n, .scalar = {rate, momentum}, .input = {g}, .output = {v, w}});
}

COMPUTE(nesterov, SCALAR(0), SCALAR(1), INPUT(0), OUTPUT(0), OUTPUT(1))
void glia_nesterov(size_t n, float rate, float momentum, const float *g, float *v, float *w) {
  compute_in_pieces((struct vector_call){
      .compute = compute_nesterov, .n = n, .scalar = {rate, momentum}, .input = {g}, .output = {v, w}});
}

COMPUTE(rmsprop, SCALAR(0), SCALAR(1), SCALAR(2), SCALAR(3), INPUT(0), OUTPUT(0), OUTPUT(1), OUTPUT(2), OUTPUT(3))
void glia_rmsprop(size_t n, float rate, float rho, float epsilon, float momentum, const float *g, float *square,
                  float *mean, float *velocity, float *w) {
  compute_in_pieces((struct vector_call){
      .compute = compute_rmsprop, .n = n, .scalar = {rate, rho, epsilon, momentum}, .input = {g},
      .output = {square, mean, velocity, w}});
}

COMPUTE(adam, SCALAR(0), SCALAR(1), SCALAR(2), SCALAR(3), SCALAR(4), SCALAR(5), INPUT(0), OUTPUT(0), OUTPUT(1),
        OUTPUT(2))
void glia_adam(size_t n, float rate, float beta1, float beta2, float epsilon, float c1, float c2, const float *g,
               float *m, float *v, float *w) {
  compute_in_pieces((struct vector_call){
      .compute = compute_adam, .n = n, .scalar = {rate, beta1, beta2, epsilon, c1, c2}, .input = {g},
      .output = {m, v, w}});
}
