// y = f(x) and dx = f′ dy, a vector at a time.

#define MAP(name, ...)                                                                                                 \
  KERNEL(void, name)(size_t n, const float *x, float *y) {                                                             \
    EACH(n, const F z = load(x + i, count); store(y + i, count, __VA_ARGS__););                                        \
  }
#define MAP_WITH(name, setting, ...)                                                                                   \
  KERNEL(void, name)(size_t n, float setting, const float *x, float *y) {                                              \
    EACH(n, const F z = load(x + i, count); store(y + i, count, __VA_ARGS__););                                        \
  }
#define PULLBACK(name, ...)                                                                                            \
  KERNEL(void, name##_pullback)(size_t n, const float *x, const float *dy, float *dx) {                                \
    EACH(n, const F z = load(x + i, count); const F d = load(dy + i, count); store(dx + i, count, __VA_ARGS__););      \
  }
#define PULLBACK_WITH(name, setting, ...)                                                                              \
  KERNEL(void, name##_pullback)(size_t n, float setting, const float *x, const float *dy, float *dx) {                 \
    EACH(n, const F z = load(x + i, count); const F d = load(dy + i, count); store(dx + i, count, __VA_ARGS__););      \
  }

MAP(exp, lanes_exp(z))
MAP(log, lanes_log(z))
MAP(softplus, lanes_softplus(z))
MAP(sigmoid, lanes_sigmoid(z))
MAP(tanh, lanes_tanh(z))
MAP(erf, lanes_erf(z))
MAP(gelu, lanes_gelu(z))
MAP(gelu_tanh, lanes_gelu_tanh(z))
MAP(relu, z < 0.0f ? (F)0.0f : z)
MAP_WITH(leaky_relu, slope, z < 0.0f ? z * slope : z)
MAP_WITH(elu, alpha, z < 0.0f ? lanes_expm1(z) * alpha : z)

PULLBACK(tanh, d * (1.0f - z * z))
PULLBACK(sigmoid, d * (z * (1.0f - z)))
PULLBACK(softplus, d * lanes_sigmoid(z))
PULLBACK(gelu, d * lanes_gelu_derivative(z))
PULLBACK(gelu_tanh, d * lanes_gelu_tanh_derivative(z))
PULLBACK(relu, z > 0.0f ? d : (F)0.0f)
PULLBACK_WITH(leaky_relu, slope, z > 0.0f ? d : d * slope)
PULLBACK_WITH(elu, alpha, z > 0.0f ? d : lanes_exp(z) * alpha * d)
