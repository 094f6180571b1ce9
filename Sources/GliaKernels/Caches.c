// The size of the caches, which determines the blocks of the matrix products: their speed, but not their bits.

#include <unistd.h>

#include "Tables.h"

#if defined(__APPLE__)
#include <sys/sysctl.h>
#endif

// 512 kB, if the system does not say.
size_t glia_l2_floats = 1 << 17;

static long l2_bytes(void) {
#if defined(__APPLE__)
  // Shared by several processors, but far larger than what is used of it.
  int64_t bytes = 0;
  size_t size = sizeof bytes;
  return sysctlbyname("hw.l2cachesize", &bytes, &size, NULL, 0) == 0 ? (long)bytes : 0;
#elif defined(_SC_LEVEL2_CACHE_SIZE)
  return sysconf(_SC_LEVEL2_CACHE_SIZE);
#else
  return 0;
#endif
}

__attribute__((constructor)) static void measure(void) {
  const long most = 1 << 18, floats = l2_bytes() / (long)sizeof(float);
  if (floats <= 0) return;
  glia_l2_floats = (size_t)(floats < GLIA_LEAST_L2_FLOATS ? GLIA_LEAST_L2_FLOATS : floats > most ? most : floats);
}
