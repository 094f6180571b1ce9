/// A small face of libpng. libpng reports errors by longjmp, which may not cross Swift frames:
/// everything is caught here and returned as a status with its message.
#ifndef GLIA_CPNG_H
#define GLIA_CPNG_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
  char message[160];
} CPNGOutput;

/// Encodes rows of 8-bit RGB. `texts` holds `pairs` keys and values, each ended by a zero byte: key, value, key, value.
/// Values beyond ASCII become iTXt, the others tEXt. Returns 0, or 1 with `output->message` set.
int cpng_encode(
    const uint8_t *rgb, uint32_t width, uint32_t height, int level, double dotsPerInch, const char *texts, int pairs,
    CPNGOutput *output);

/// Gives the memory of `output` back.
void cpng_free(CPNGOutput *output);

#endif
