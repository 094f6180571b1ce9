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

typedef struct {
  uint32_t width;
  uint32_t height;
  /// Bytes a pixel: 1 for places in the palette, 3 for red, green and blue, 4 with opacity.
  int32_t channels;
  int32_t paletteCount;
  /// zlib's, from 0 to 9.
  int32_t level;
  double dotsPerInch;
} CPNGPicture;

/// Encodes rows of pixels. `palette` holds four bytes a colour: red, green, blue, opacity. `texts` holds `pairs` keys and
/// values, each ended by a zero byte: key, value, key, value; values beyond ASCII become iTXt, the others tEXt.
/// Returns 0, or 1 with `output->message` set.
int cpng_encode(
    CPNGPicture picture, const uint8_t *pixels, const uint8_t *palette, const char *texts, int pairs,
    CPNGOutput *output);

/// Gives the memory of `output` back.
void cpng_free(CPNGOutput *output);

#endif
