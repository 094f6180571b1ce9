// The public kernels over long vectors: threads share those that are long enough.
//
// Every element is computed by itself, so pieces give the bits of the whole.

#include "GliaThreads.h"
#include "Tables.h"

enum {
  /// Elements from which a second thread pays.
  LONG = 1 << 15,
  /// What pieces are rounded to: whole cache lines.
  LINE = 64,
};

/// One kernel over n elements: its numbers, and the vectors that go along with the elements.
struct job {
  void (*call)(const struct job *job, size_t i, size_t n);
  size_t n, piece;
  float s[6];
  const float *x[3];
  float *y[4];
};

static void run_part(void *context, size_t part) {
  const struct job *const o = context;
  const size_t i = part * o->piece;
  if (i < o->n) o->call(o, i, o->n - i < o->piece ? o->n - i : o->piece);
}

static void run(struct job job) {
  const size_t threads = job.n < LONG ? 1 : glia_threads();
  if (threads < 2) return job.call(&job, 0, job.n);
  job.piece = ((job.n + threads - 1) / threads + LINE - 1) / LINE * LINE;
  glia_parallel(threads, job.n / 4, run_part, &job);
}

#define X(index) (o->x[index] + i)
#define Y(index) (o->y[index] ? o->y[index] + i : NULL)
#define S(index) (o->s[index])
/// How a kernel is called for n elements from i on.
#define CALL(name, ...)                                                                                                \
  static void call_##name(const struct job *o, size_t i, size_t n) { glia_best->kernels.name(n, __VA_ARGS__); }

#define MAP(name)                                                                                                      \
  CALL(name, X(0), Y(0))                                                                                               \
  void glia_##name(size_t n, const float *x, float *y) {                                                               \
    if (n < LONG) return glia_best->kernels.name(n, x, y);                                                             \
    run((struct job){call_##name, n, .x = {x}, .y = {y}});                                                             \
  }
#define MAP_WITH(name)                                                                                                 \
  CALL(name, S(0), X(0), Y(0))                                                                                         \
  void glia_##name(size_t n, float setting, const float *x, float *y) {                                                \
    if (n < LONG) return glia_best->kernels.name(n, setting, x, y);                                                    \
    run((struct job){call_##name, n, .s = {setting}, .x = {x}, .y = {y}});                                             \
  }
#define PULLBACK(name)                                                                                                 \
  CALL(name, X(0), X(1), Y(0))                                                                                         \
  void glia_##name(size_t n, const float *x, const float *dy, float *dx) {                                             \
    if (n < LONG) return glia_best->kernels.name(n, x, dy, dx);                                                        \
    run((struct job){call_##name, n, .x = {x, dy}, .y = {dx}});                                                        \
  }
#define PULLBACK_WITH(name)                                                                                            \
  CALL(name, S(0), X(0), X(1), Y(0))                                                                                   \
  void glia_##name(size_t n, float setting, const float *x, const float *dy, float *dx) {                              \
    if (n < LONG) return glia_best->kernels.name(n, setting, x, dy, dx);                                               \
    run((struct job){call_##name, n, .s = {setting}, .x = {x, dy}, .y = {dx}});                                        \
  }

MAP(exp)
MAP(softplus)
MAP(sigmoid)
MAP(tanh)
MAP(relu)
MAP(gelu)
MAP(gelu_tanh)
MAP_WITH(leaky_relu)
MAP_WITH(elu)
MAP_WITH(scale)
PULLBACK(tanh_pullback)
PULLBACK(sigmoid_pullback)
PULLBACK(relu_pullback)
PULLBACK(gelu_pullback)
PULLBACK(gelu_tanh_pullback)
PULLBACK_WITH(leaky_relu_pullback)
PULLBACK_WITH(elu_pullback)
MAP_WITH(axpy)

CALL(sgd, S(0), X(0), Y(0))
void glia_sgd(size_t n, float rate, const float *g, float *w) {
  run((struct job){call_sgd, n, .s = {rate}, .x = {g}, .y = {w}});
}

CALL(momentum, S(0), S(1), X(0), Y(0), Y(1))
void glia_momentum(size_t n, float rate, float momentum, const float *g, float *v, float *w) {
  run((struct job){call_momentum, n, .s = {rate, momentum}, .x = {g}, .y = {v, w}});
}

CALL(nesterov, S(0), S(1), X(0), Y(0), Y(1))
void glia_nesterov(size_t n, float rate, float momentum, const float *g, float *v, float *w) {
  run((struct job){call_nesterov, n, .s = {rate, momentum}, .x = {g}, .y = {v, w}});
}

CALL(rmsprop, S(0), S(1), S(2), S(3), X(0), Y(0), Y(1), Y(2), Y(3))
void glia_rmsprop(size_t n, float rate, float rho, float epsilon, float momentum, const float *g, float *square,
                  float *mean, float *velocity, float *w) {
  run((struct job){
      call_rmsprop, n, .s = {rate, rho, epsilon, momentum}, .x = {g}, .y = {square, mean, velocity, w}});
}

CALL(adam, S(0), S(1), S(2), S(3), S(4), S(5), X(0), Y(0), Y(1), Y(2))
void glia_adam(size_t n, float rate, float beta1, float beta2, float epsilon, float c1, float c2, const float *g,
               float *m, float *v, float *w) {
  run((struct job){
      call_adam, n, .s = {rate, beta1, beta2, epsilon, c1, c2}, .x = {g}, .y = {m, v, w}});
}
