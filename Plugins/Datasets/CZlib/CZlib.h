/// zlib, which decompresses gzip (RFC 1952); libpng stands on it, too.
#include <zlib.h>
