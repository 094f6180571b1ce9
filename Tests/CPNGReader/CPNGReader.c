#include "CPNGReader.h"

#include <png.h>
#include <string.h>

static int begin(png_image *image, const uint8_t *bytes, size_t count) {
  memset(image, 0, sizeof *image);
  image->version = PNG_IMAGE_VERSION;
  return png_image_begin_read_from_memory(image, bytes, count);
}

int cpng_reader_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, uint32_t *form) {
  png_image image;
  if (!begin(&image, bytes, count)) return 1;
  *width = image.width;
  *height = image.height;
  *form = image.format;
  png_image_free(&image);
  return 0;
}

int cpng_reader_pixels(const uint8_t *bytes, size_t count, uint8_t *rgba) {
  png_image image;
  if (!begin(&image, bytes, count)) return 1;
  image.format = PNG_FORMAT_RGBA;
  return !png_image_finish_read(&image, NULL, rgba, 0, NULL);
}
