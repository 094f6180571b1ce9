// A digest of the bits of numbers: not cryptographic, but accidental collisions are very unlikely.

#include <string.h>

#include "GliaVectors.h"

static uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

uint64_t glia_digest(size_t n, const float *x, uint64_t seed) {
  // Four independent sums, so that their multiplications overlap.
  uint64_t lanes[4] = {seed, seed + 1, seed + 2, seed + 3};
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    uint64_t words[4];
    memcpy(words, x + i, sizeof words);
    for (int lane = 0; lane < 4; lane++) {
      const uint64_t product = (lanes[lane] ^ words[lane]) * 0x9e3779b97f4a7c15u;
      lanes[lane] = product << 29 | product >> 35;
    }
  }
  uint64_t digest = mix(seed ^ n);
  for (int lane = 0; lane < 4; lane++) digest = mix(digest ^ lanes[lane]);
  for (; i < n; i++) {
    uint32_t word;
    memcpy(&word, x + i, sizeof word);
    digest = mix(digest ^ word);
  }
  return digest;
}
