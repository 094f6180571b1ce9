// All kernels for the instruction set that the includer has set up, and their table.

#include "Transpose.h"
#include "Elementwise.h"
#include "Losses.h"
#include "Crossentropy.h"
#include "Optimizers.h"
#include "Tile.h"
#include "Pack.h"
#include "Matmul.h"
#include "Vectors.h"

#define ENTRY(name) .name = kernel_##name,
const struct glia_variant TABLE = {{GLIA_KERNELS(ENTRY)}, slice_nt, slice_nn, slice_tn};
#undef ENTRY
