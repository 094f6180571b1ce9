#ifndef GLIA_TABLES_H
#define GLIA_TABLES_H

#include "GliaScalarMath.h"
#include "GliaVariants.h"

extern const struct glia_kernels glia_portable_kernels;
#if defined(__x86_64__)
extern const struct glia_kernels glia_avx2_kernels, glia_avx512_kernels;
#endif

#endif
