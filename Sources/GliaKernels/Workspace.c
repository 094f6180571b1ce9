// One buffer per thread for packed blocks, allocated at its first large product and freed when the thread ends.

#include <pthread.h>
#include <stdlib.h>

#include "Tables.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int key_made;
static _Thread_local float *workspace;

static void make_key(void) { key_made = pthread_key_create(&key, free) == 0; }

float *glia_workspace(void) {
  if (workspace) return workspace;
  pthread_once(&once, make_key);
  if (!key_made) return NULL;
  float *memory = aligned_alloc(64, GLIA_WORKSPACE * sizeof(float));
  if (memory && pthread_setspecific(key, memory) != 0) {
    free(memory);
    return NULL;
  }
  return workspace = memory;
}
