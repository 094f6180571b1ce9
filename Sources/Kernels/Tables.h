#ifndef GLIA_TABLES_H
#define GLIA_TABLES_H

#include "GliaScalarMath.h"
#include "GliaVariants.h"

extern const struct glia_kernels glia_portable_kernels;
#if defined(__x86_64__)
extern const struct glia_kernels glia_avx2_kernels, glia_avx512_kernels;
#endif

/// The floats of a thread's workspace.
enum { GLIA_WORKSPACE = 512 * (256 + 16) };

/// This thread's workspace, aligned to a cache line; NULL if there is no memory for it.
float *glia_workspace(void);

#endif
