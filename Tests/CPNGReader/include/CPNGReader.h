/// Reads PNG files with libpng's simplified interface, which is independent of the writer under test.
#ifndef GLIA_CPNG_READER_H
#define GLIA_CPNG_READER_H

#include <stddef.h>
#include <stdint.h>

/// Gets the size of the image, and in `form` whether it has colors (2), an alpha channel (1) and a palette (8);
/// returns 0, or 1 if the bytes are not a PNG file.
int cpng_reader_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, uint32_t *form);

/// Reads all pixels as 8-bit RGBA into `rgba`, 4 × width × height bytes; returns 0, or 1 on failure.
int cpng_reader_pixels(const uint8_t *bytes, size_t count, uint8_t *rgba);

#endif
