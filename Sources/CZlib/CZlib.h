/// zlib, which decompresses gzip files (RFC 1952); libpng depends on it as well.
#include <zlib.h>
