// Plain C in vectors of four floats, for any processor: SSE2 on x86-64, NEON on Arm.

#include "Tables.h"

#define LANES 4
// MR by 8 sums must fit the vector registers: 32 on 64-bit Arm, 16 on x86-64.
#if defined(__aarch64__)
#define MR 12
#else
#define MR 6
#endif
#define TABLE glia_portable_variant
#include "Variant/Lanes.inc"

INLINE F load_part(const float *p, size_t count) {
  F v = 0.0f;
  if (count > 0) v.x = p[0];
  if (count > 1) v.y = p[1];
  if (count > 2) v.z = p[2];
  if (count > 3) v.w = p[3];
  return v;
}

INLINE void store_part(float *p, size_t count, F v) {
  if (count > 0) p[0] = v.x;
  if (count > 1) p[1] = v.y;
  if (count > 2) p[2] = v.z;
  if (count > 3) p[3] = v.w;
}

#include "Variant/Variant.inc"
