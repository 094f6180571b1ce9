#ifndef GLIA_SCALAR_MATH_H
#define GLIA_SCALAR_MATH_H

// For Swift code that needs C functions of a double.
#include <math.h>
#include <stdint.h>

// Elementary functions of one float, inlined into the caller so that loops over them can be vectorized.
//
// `glia_expf`, `glia_expm1f`, `glia_logf`, `glia_softplusf`, `glia_sigmoidf`, `glia_tanhf`, `glia_geluf`: error at most
// 4 units in the last place (gelu 5) over all floats, subnormal ones included; ±0, ±∞ and NaN as in IEEE 754-2019.
// `glia_gelu_tanhf`, `glia_gelu_derivativef` and `glia_gelu_tanh_derivativef` are as accurate as the kernels of the
// same names in GliaElementwise.h. No global state, no errno.

#define GLIA_F float
#define GLIA_I int32_t
#define GLIA_U uint32_t
#define GLIA_MATH(name) glia_##name##f
#include "GliaMath.inc"
#undef GLIA_F
#undef GLIA_I
#undef GLIA_U
#undef GLIA_MATH

#endif
