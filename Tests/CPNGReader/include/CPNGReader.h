/// Reads PNG files back through libpng's simplified interface, which shares nothing with the writer under test.
#ifndef GLIA_CPNG_READER_H
#define GLIA_CPNG_READER_H

#include <stddef.h>
#include <stdint.h>

/// Tells the size of the picture, and in `form` whether it has colours (2), opacities (1) and a palette (8);
/// returns 0, or 1 when the bytes are no PNG file.
int cpng_reader_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, uint32_t *form);

/// Reads all pixels as 8-bit RGBA into `rgba`, 4 × width × height bytes; returns 0, or 1 on failure.
int cpng_reader_pixels(const uint8_t *bytes, size_t count, uint8_t *rgba);

#endif
