/// libpng, which compresses with zlib.
#include <png.h>
