// Vectors of LANES floats, and how they are read, written and reduced. The includer defines LANES, and load_part and
// store_part for the first `count` < LANES elements, the rest of what is read being 0.

typedef float F __attribute__((ext_vector_type(LANES)));
typedef int32_t I __attribute__((ext_vector_type(LANES)));
typedef uint32_t U __attribute__((ext_vector_type(LANES)));
typedef double D __attribute__((ext_vector_type(LANES)));
typedef float Unaligned __attribute__((ext_vector_type(LANES), aligned(4), may_alias));

#define INLINE static inline __attribute__((always_inline, unused))
#define KERNEL(type, name) static type kernel_##name
#define UNROLL _Pragma("clang loop unroll(full)")

INLINE F load_part(const float *p, size_t count);
INLINE void store_part(float *p, size_t count, F v);

INLINE F load(const float *p, size_t count) { return count == LANES ? *(const Unaligned *)p : load_part(p, count); }

INLINE void store(float *p, size_t count, F v) {
  if (count == LANES) {
    *(Unaligned *)p = v;
  } else {
    store_part(p, count, v);
  }
}

/// The first `count` lanes of v, then `fill`.
INLINE F keep(size_t count, F v, float fill) {
  if (count == LANES) return v;
  I lane;
  UNROLL for (int l = 0; l < LANES; ++l) lane[l] = l;
  return lane < (I)(int32_t)count ? v : (F)fill;
}

/// Runs the body for i = 0, LANES, ...: `count` is LANES, at the end perhaps less.
#define EACH(n, ...)                                                                                                   \
  do {                                                                                                                 \
    const size_t whole = (n) / LANES * LANES;                                                                          \
    size_t i = 0;                                                                                                      \
    for (; i < whole; i += LANES) {                                                                                    \
      const size_t count = LANES;                                                                                      \
      __VA_ARGS__                                                                                                      \
    }                                                                                                                  \
    if (i < (n)) {                                                                                                     \
      const size_t count = (n)-i;                                                                                      \
      __VA_ARGS__                                                                                                      \
    }                                                                                                                  \
  } while (0)

#define GREATER(a, b) ((a) > (b) ? (a) : (b))
#define PLUS(a, b) ((a) + (b))
#define FOLD2(op, v) op((v).lo, (v).hi)
#define FOLD4(op, v) ({ const __auto_type half = op((v).lo, (v).hi); FOLD2(op, half); })
#define FOLD8(op, v) ({ const __auto_type quarter = op((v).lo, (v).hi); FOLD4(op, quarter); })
#define FOLD16(op, v) ({ const __auto_type eighth = op((v).lo, (v).hi); FOLD8(op, eighth); })
#define FOLD_(lanes, op, v) FOLD##lanes(op, v)
#define FOLD(lanes, op, v) FOLD_(lanes, op, v)

/// The largest lane, in a tree; NaN may be lost.
INLINE float largest(F v) { return FOLD(LANES, GREATER, v); }
/// The sum of the lanes, in a tree.
INLINE float sum_lanes(F v) { return FOLD(LANES, PLUS, v); }

// Macros, as D may be wider than what the instruction set passes in registers.
#define SUM_DOUBLES(v) FOLD(LANES, PLUS, v)
#define WIDEN(v) __builtin_convertvector(v, D)

#define GLIA_F F
#define GLIA_I I
#define GLIA_U U
#define GLIA_MATH(name) lanes_##name
#include "../include/GliaMathTemplate.h"
#undef GLIA_F
#undef GLIA_I
#undef GLIA_U
#undef GLIA_MATH
