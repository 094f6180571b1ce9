// Selects the variant that the public functions call: the one that the environment variable GLIA_KERNELS names, otherwise
// the best one that this machine supports.

#include <stdlib.h>
#include <string.h>

#include "Tables.h"

const struct glia_variant *glia_best = &glia_portable_variant;
static enum glia_isa best_isa = GLIA_PORTABLE;

static const struct glia_variant *variant_for(enum glia_isa isa) {
  switch (isa) {
  case GLIA_PORTABLE: return &glia_portable_variant;
#if defined(__x86_64__)
  case GLIA_AVX2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                   __builtin_cpu_supports("bmi2")
               ? &glia_avx2_variant
               : NULL;
  case GLIA_AVX512:
    return variant_for(GLIA_AVX2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512cd")
               ? &glia_avx512_variant
               : NULL;
#endif
  default: return NULL;
  }
}

const struct glia_kernels *glia_kernels_for(enum glia_isa isa) {
  const struct glia_variant *variant = variant_for(isa);
  return variant ? &variant->kernels : NULL;
}

__attribute__((constructor)) static void choose(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
#endif
  const char *wanted = getenv("GLIA_KERNELS");
  for (enum glia_isa isa = GLIA_PORTABLE; isa <= GLIA_AVX512; ++isa) {
    const struct glia_variant *variant = variant_for(isa);
    if (!variant) continue;
    glia_best = variant;
    best_isa = isa;
    if (wanted && strcmp(wanted, glia_isa_name(isa)) == 0) break;
  }
}

enum glia_isa glia_isa(void) { return best_isa; }

const char *glia_isa_name(enum glia_isa isa) {
  switch (isa) {
  case GLIA_PORTABLE: return "portable";
  case GLIA_AVX2: return "avx2";
  case GLIA_AVX512: return "avx512";
  }
  return "unknown";
}
