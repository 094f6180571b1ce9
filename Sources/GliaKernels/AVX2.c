// x86-64 with AVX2 and FMA.

#include "Tables.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2,lzcnt,f16c"))), apply_to = function)

#define LANES 8
#define MR 6
#define TABLE glia_avx2_variant
#include "Variant/Lanes.inc"

INLINE __m256i first(size_t count) {
  static const int32_t mask[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
  return _mm256_loadu_si256((const __m256i_u *)(mask + 8 - count));
}

INLINE F load_part(const float *p, size_t count) { return (F)_mm256_maskload_ps(p, first(count)); }
INLINE void store_part(float *p, size_t count, F v) { _mm256_maskstore_ps(p, first(count), (__m256)v); }

#include "Variant/Variant.inc"
#pragma clang attribute pop
#endif
