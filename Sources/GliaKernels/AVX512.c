// x86-64 with AVX-512 as of Skylake-X.

#include "Tables.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx512cd,avx2,fma,bmi,bmi2,lzcnt,f16c"))),               \
    apply_to = function)

#define LANES 16
#define MR 12
#define TABLE glia_avx512_variant
#include "Variant/Lanes.inc"

INLINE __mmask16 first(size_t count) { return (__mmask16)_bzhi_u32(0xffff, (uint32_t)count); }
INLINE F load_part(const float *p, size_t count) { return (F)_mm512_maskz_loadu_ps(first(count), p); }
INLINE void store_part(float *p, size_t count, F v) { _mm512_mask_storeu_ps(p, first(count), (__m512)v); }

#include "Variant/Variant.inc"
#pragma clang attribute pop
#endif
