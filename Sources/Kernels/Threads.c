// A pool of threads that take the parts of one job at a time.
//
// A job is announced by its ticket: a number of the job, how many parts it has, and the next part to be taken. Whoever
// raises the ticket owns a part; as the ticket holds the job's number, a thread that comes late cannot take a part of
// another job than the one it saw. The caller takes parts too, so a thread that is slow to wake costs nothing.

// For the set of processors that a process may use.
#define _GNU_SOURCE
#include "GliaThreads.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#endif

enum {
  MOST_THREADS = 256,
  MOST_PARTS = 0xffff,
  /// How often a thread without work looks for some before it sleeps: a third of a millisecond.
  PATIENCE = 10000,
  /// Nanoseconds of work that outweigh waking a thread.
  WAKING = 30000,
};

static atomic_size_t wanted_threads;
/// Whether a caller has the pool.
static atomic_bool is_busy;

/// Job number (32 bits), parts (16 bits), next part (16 bits).
static _Alignas(64) _Atomic uint64_t ticket;
static _Alignas(64) atomic_size_t done;
static void (*job_body)(void *, size_t);
static void *job_context;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;
static atomic_size_t sleepers;
static size_t started;
static struct worker {
  pthread_t thread;
  /// Where it was seen last.
  atomic_int processor;
} workers[MOST_THREADS];
/// The work that callers did by themselves since threads were last woken, in nanoseconds.
static atomic_size_t missed;

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static size_t processors(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return (size_t)CPU_COUNT(&set);
#endif
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (size_t)count : 1;
}

static size_t in_range(size_t count) { return count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : count; }

size_t glia_threads(void) {
  size_t count = atomic_load_explicit(&wanted_threads, memory_order_relaxed);
  if (count > 0) return count;
  const char *text = getenv("GLIA_THREADS");
  char *end = NULL;
  const long given = text ? strtol(text, &end, 10) : 0;
  count = in_range(given > 0 && *end == 0 ? (size_t)given : processors());
  atomic_store_explicit(&wanted_threads, count, memory_order_relaxed);
  return count;
}

void glia_set_threads(size_t count) {
  atomic_store_explicit(&wanted_threads, in_range(count), memory_order_relaxed);
}

/// Takes parts of the job that `seen` announced until none is left.
static void take_parts(uint64_t seen) {
  const uint64_t job = seen >> 32;
  for (;;) {
    const uint64_t parts = seen >> 16 & 0xffff, next = seen & 0xffff;
    if (seen >> 32 != job || next >= parts) return;
    if (!atomic_compare_exchange_weak_explicit(&ticket, &seen, seen + 1, memory_order_acquire, memory_order_acquire)) {
      continue;
    }
    job_body(job_context, next);
    atomic_fetch_add_explicit(&done, 1, memory_order_release);
    seen = atomic_load_explicit(&ticket, memory_order_acquire);
  }
}

static bool is_open(uint64_t seen) { return (seen & 0xffff) < (seen >> 16 & 0xffff); }

static void note_processor(struct worker *own) {
#if defined(__linux__)
  atomic_store_explicit(&own->processor, sched_getcpu(), memory_order_relaxed);
#endif
}

/// The next ticket with parts to take.
static uint64_t wait_for_work(struct worker *own) {
  for (int i = 0; i < PATIENCE; ++i) {
    if (i % 64 == 0) note_processor(own);
    const uint64_t seen = atomic_load_explicit(&ticket, memory_order_acquire);
    if (is_open(seen)) return seen;
    pause_briefly();
  }
  pthread_mutex_lock(&mutex);
  ++sleepers;
  uint64_t seen;
  while (!is_open(seen = atomic_load_explicit(&ticket, memory_order_acquire))) pthread_cond_wait(&news, &mutex);
  --sleepers;
  pthread_mutex_unlock(&mutex);
  return seen;
}

static void *work(void *worker) {
  for (;;) take_parts(wait_for_work(worker));
  return NULL;
}

/// Starts threads until there are `count`; what the system refuses is done without.
static void start_threads(size_t count) {
  if (started >= count) return;
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  while (started < count && pthread_create(&workers[started].thread, &attributes, work, &workers[started]) == 0) {
    ++started;
  }
  pthread_attr_destroy(&attributes);
}

/// Keeps the threads off the caller's processor if one of them is there, or will wake up there.
///
/// In a virtual machine Linux takes a processor that has been idle for a while for one that is not to be had: threads would
/// be started and woken on the caller's processor, and wait for it.
static void keep_off_the_callers_processor(bool anyone_sleeps) {
#if defined(__linux__)
  static int kept = -1;
  static size_t count;
  const int own = sched_getcpu();
  bool collides = anyone_sleeps || count != started;
  for (size_t i = 0; i < started && !collides; ++i) {
    collides = atomic_load_explicit(&workers[i].processor, memory_order_relaxed) == own;
  }
  if (!collides || own < 0 || (own == kept && count == started)) return;
  cpu_set_t others;
  if (sched_getaffinity(0, sizeof others, &others) != 0) return;
  CPU_CLR(own, &others);
  if (CPU_COUNT(&others) == 0) return;
  for (size_t i = 0; i < started; ++i) pthread_setaffinity_np(workers[i].thread, sizeof others, &others);
  kept = own;
  count = started;
#endif
}

/// Whether work is shared with threads that sleep or have yet to be started. Much work is; little work is once as much of it
/// came together as waking them takes.
static bool is_worth_waking(size_t threads, size_t nanoseconds) {
  if (started + 1 >= threads && atomic_load_explicit(&sleepers, memory_order_relaxed) == 0) return true;
  if (nanoseconds < WAKING) {
    const size_t former = atomic_fetch_add_explicit(&missed, nanoseconds, memory_order_relaxed);
    if (former + nanoseconds < WAKING) return false;
  }
  atomic_store_explicit(&missed, 0, memory_order_relaxed);
  return true;
}

/// Whether the caller got the pool for itself.
static bool take_pool(void) {
  bool free = false;
  return atomic_compare_exchange_strong_explicit(&is_busy, &free, true, memory_order_acquire, memory_order_relaxed);
}

static void give_pool_back(void) { atomic_store_explicit(&is_busy, false, memory_order_release); }

/// Shares the parts with the pool's threads, which the caller has to itself.
static void share(size_t parts, void (*body)(void *context, size_t part), void *context) {
  job_body = body;
  job_context = context;
  atomic_store_explicit(&done, 0, memory_order_relaxed);
  const uint64_t job = (atomic_load_explicit(&ticket, memory_order_relaxed) >> 32) + 1;
  const uint64_t announced = job << 32 | (uint64_t)parts << 16;
  atomic_store_explicit(&ticket, announced, memory_order_seq_cst);
  pthread_mutex_lock(&mutex);
  const bool anyone_sleeps = atomic_load_explicit(&sleepers, memory_order_relaxed) > 0;
  pthread_mutex_unlock(&mutex);
  keep_off_the_callers_processor(anyone_sleeps);
  if (anyone_sleeps) pthread_cond_broadcast(&news);
  take_parts(announced);
  for (int i = 0; atomic_load_explicit(&done, memory_order_acquire) < parts; ++i) {
    // A part whose thread lost its processor is waited for without keeping it from coming back.
    if (i < PATIENCE) pause_briefly();
    else sched_yield();
  }
}

void glia_parallel(size_t parts, size_t nanoseconds, void (*body)(void *context, size_t part), void *context) {
  const size_t threads = glia_threads();
  if (parts > 1 && parts <= MOST_PARTS && threads > 1 && take_pool()) {
    const bool shares = is_worth_waking(threads, nanoseconds);
    if (shares) {
      start_threads(threads - 1);
      share(parts, body, context);
    }
    give_pool_back();
    if (shares) return;
  }
  for (size_t part = 0; part < parts; ++part) body(context, part);
}
