#include "CPNG.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

static void fail(png_structp png, png_const_charp message) {
  CPNGOutput *output = png_get_error_ptr(png);
  strncpy(output->message, message, sizeof output->message - 1);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void append(png_structp png, png_bytep bytes, size_t count) {
  CPNGOutput *output = png_get_io_ptr(png);
  if (count > output->capacity - output->count) {
    size_t capacity = output->capacity * 2 + count + 65536;
    uint8_t *grown = realloc(output->bytes, capacity);
    if (grown == NULL) png_error(png, "out of memory");
    output->bytes = grown;
    output->capacity = capacity;
  }
  memcpy(output->bytes + output->count, bytes, count);
  output->count += count;
}

static void flush(png_structp png) { (void)png; }

static int isASCII(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text > 126) return 0;
  return 1;
}

static void writeTexts(png_structp png, png_infop info, const char *texts, int pairs) {
  for (int i = 0; i < pairs; i++) {
    png_text text;
    memset(&text, 0, sizeof text);
    text.key = (char *)texts;
    texts += strlen(texts) + 1;
    text.text = (char *)texts;
    text.lang = (char *)"";
    text.lang_key = (char *)"";
    size_t length = strlen(texts);
    if (isASCII(texts)) {
      text.compression = PNG_TEXT_COMPRESSION_NONE;
      text.text_length = length;
    } else {
      text.compression = PNG_ITXT_COMPRESSION_NONE;
      text.itxt_length = length;
    }
    texts += length + 1;
    png_set_text(png, info, &text, 1);
  }
}

static void writePalette(png_structp png, png_infop info, const uint8_t *palette, int count) {
  png_color colors[256];
  png_byte opacities[256];
  int transparent = 0;
  for (int i = 0; i < count; i++) {
    colors[i] = (png_color){palette[4 * i], palette[4 * i + 1], palette[4 * i + 2]};
    opacities[i] = palette[4 * i + 3];
    if (opacities[i] < 255) transparent = i + 1;
  }
  png_set_PLTE(png, info, colors, count);
  if (transparent > 0) png_set_tRNS(png, info, opacities, transparent, NULL);
}

static void writePicture(png_structp png, png_infop info, CPNGPicture picture, const uint8_t *palette) {
  int count = picture.paletteCount;
  int isIndexed = picture.channels == 1;
  int depth = !isIndexed || count > 16 ? 8 : count > 4 ? 4 : count > 2 ? 2 : 1;
  int type = isIndexed ? PNG_COLOR_TYPE_PALETTE : picture.channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB;
  png_set_compression_level(png, picture.level);
  // Drawings repeat few colours: filters, which help photographs, make them larger and slower to write.
  png_set_filter(png, 0, PNG_FILTER_NONE);
  png_set_compression_buffer_size(png, 1 << 16);
  png_set_IHDR(
      png, info, picture.width, picture.height, depth, type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
      PNG_FILTER_TYPE_DEFAULT);
  if (isIndexed) writePalette(png, info, palette, count);
  png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_uint_32 dotsPerMeter = (png_uint_32)(picture.dotsPerInch / 0.0254 + 0.5);
  png_set_pHYs(png, info, dotsPerMeter, dotsPerMeter, PNG_RESOLUTION_METER);
}

int cpng_encode(
    CPNGPicture picture, const uint8_t *pixels, const uint8_t *palette, const char *texts, int pairs,
    CPNGOutput *output) {
  memset(output, 0, sizeof *output);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, output, fail, ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (info == NULL) {
    png_destroy_write_struct(&png, NULL);
    if (!output->message[0]) strcpy(output->message, "libpng could not be started");
    return 1;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    cpng_free(output);
    return 1;
  }
  png_set_write_fn(png, output, append, flush);
  writePicture(png, info, picture, palette);
  writeTexts(png, info, texts, pairs);
  png_write_info(png, info);
  if (picture.channels == 1) png_set_packing(png);
  size_t row = (size_t)picture.width * (size_t)picture.channels;
  for (uint32_t y = 0; y < picture.height; y++) png_write_row(png, pixels + y * row);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return 0;
}

void cpng_free(CPNGOutput *output) {
  free(output->bytes);
  output->bytes = NULL;
  output->count = output->capacity = 0;
}
