#ifndef GLIA_KERNELS_H
#define GLIA_KERNELS_H

// The inner loops of Glia, in C, for float32.
//
// All functions share these rules:
// - Matrices are dense and row-major; [m,n] has m rows and n columns. Sizes may be 0; then pointers may be NULL.
// - An output may be the same array as an input only where its documentation says so; otherwise they must not overlap.
// - Nothing is written outside the outputs, no state is kept between calls, pointers need only the alignment of their
//   elements, and all functions may be called from several threads at once.
// - A result depends only on the operands and their sizes, not on the number of threads (GliaThreads.h): on one
//   machine, equal calls give equal bits.
// - Every function is compiled for several instruction sets; a call uses the best one that the machine supports, or the
//   one that the environment variable GLIA_KERNELS names. They agree up to rounding.

#include "GliaElementwise.h"
#include "GliaLosses.h"
#include "GliaMatmul.h"
#include "GliaOptimizers.h"
#include "GliaScalarMath.h"
#include "GliaThreads.h"
#include "GliaVectors.h"

#endif
