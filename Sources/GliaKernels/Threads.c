// A thread pool that runs the parts of one job at a time.
//
// A job is published as a ticket: its number, its number of parts, and the next part. Whoever increments the ticket
// owns that part; since the ticket holds the job's number, a thread that comes late cannot take a part of a later job.
// The caller takes parts too, so a thread that is slow to wake up delays nothing.

// For the processor affinity of a process and its threads.
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
  MAX_THREADS = 256,
  MAX_PARTS = 0xffff,
  /// The number of times that an idle thread polls the ticket before it sleeps, which takes about a third of a
  /// millisecond, so that jobs in quick succession, as in a training step, find it awake.
  SPIN_TURNS = 10000,
  /// The work in nanoseconds from which waking a thread pays off.
  WAKE_COST = 30000,
};

static atomic_size_t wanted_threads;
/// Whether a caller is using the pool.
static atomic_bool is_taken;

/// Job number (32 bits), parts (16 bits), next part (16 bits).
static _Alignas(64) _Atomic uint64_t ticket;
static _Alignas(64) atomic_size_t finished_parts;
static void (*job_body)(void *, size_t);
static void *job_context;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t job_published = PTHREAD_COND_INITIALIZER;
static atomic_size_t sleepers;
/// The number of `workers` that have been started.
static size_t started;
static struct worker {
  pthread_t thread;
  /// The processor on which it last polled for work.
  atomic_int processor;
} workers[MAX_THREADS];
/// The work in nanoseconds that callers did alone since threads were last woken.
static atomic_size_t unshared_work;

/// Lets the other hyperthread of this core run while this one polls.
static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static size_t processor_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return (size_t)CPU_COUNT(&set);
#endif
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (size_t)count : 1;
}

static size_t clamped(size_t count) { return count < 1 ? 1 : count > MAX_THREADS ? MAX_THREADS : count; }

size_t glia_threads(void) {
  size_t count = atomic_load_explicit(&wanted_threads, memory_order_relaxed);
  if (count > 0) return count;
  const char *text = getenv("GLIA_THREADS");
  char *end = NULL;
  const long given = text ? strtol(text, &end, 10) : 0;
  count = clamped(given > 0 && *end == 0 ? (size_t)given : processor_count());
  atomic_store_explicit(&wanted_threads, count, memory_order_relaxed);
  return count;
}

void glia_set_threads(size_t count) {
  atomic_store_explicit(&wanted_threads, clamped(count), memory_order_relaxed);
}

/// Runs parts of the job of the ticket `seen` until none are left.
static void take_parts(uint64_t seen) {
  const uint64_t job = seen >> 32;
  for (;;) {
    const uint64_t parts = seen >> 16 & 0xffff, next = seen & 0xffff;
    if (seen >> 32 != job || next >= parts) return;
    if (!atomic_compare_exchange_weak_explicit(&ticket, &seen, seen + 1, memory_order_acquire, memory_order_acquire)) {
      continue;
    }
    job_body(job_context, next);
    atomic_fetch_add_explicit(&finished_parts, 1, memory_order_release);
    seen = atomic_load_explicit(&ticket, memory_order_acquire);
  }
}

/// Whether the job of a ticket has parts left.
static bool has_parts(uint64_t seen) { return (seen & 0xffff) < (seen >> 16 & 0xffff); }

static void record_processor(struct worker *own) {
#if defined(__linux__)
  atomic_store_explicit(&own->processor, sched_getcpu(), memory_order_relaxed);
#endif
}

/// Polls, and then sleeps, until there is a ticket with parts left.
static uint64_t wait_for_work(struct worker *own) {
  for (int i = 0; i < SPIN_TURNS; ++i) {
    if (i % 64 == 0) record_processor(own);
    const uint64_t seen = atomic_load_explicit(&ticket, memory_order_acquire);
    if (has_parts(seen)) return seen;
    relax();
  }
  pthread_mutex_lock(&mutex);
  ++sleepers;
  uint64_t seen;
  while (!has_parts(seen = atomic_load_explicit(&ticket, memory_order_acquire))) {
    pthread_cond_wait(&job_published, &mutex);
  }
  --sleepers;
  pthread_mutex_unlock(&mutex);
  return seen;
}

static void *run_worker(void *worker) {
  for (;;) take_parts(wait_for_work(worker));
  return NULL;
}

/// Starts threads until there are `count`, or fewer if the system refuses.
static void start_threads(size_t count) {
  if (started >= count) return;
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  while (started < count && pthread_create(&workers[started].thread, &attributes, run_worker, &workers[started]) == 0) {
    ++started;
  }
  pthread_attr_destroy(&attributes);
}

/// Excludes the caller's processor from the affinity of the pool's threads if one of them runs there or might wake up
/// there.
///
/// In a virtual machine, Linux treats a processor that has been idle for a while as unavailable: it would start and
/// wake threads on the caller's processor, where they would wait for the caller.
static void avoid_callers_processor(bool anyone_sleeps) {
#if defined(__linux__)
  // The processor currently excluded, and for how many threads.
  static int excluded = -1;
  static size_t restricted;
  const int own = sched_getcpu();
  bool collides = anyone_sleeps || restricted != started;
  for (size_t i = 0; i < started && !collides; ++i) {
    collides = atomic_load_explicit(&workers[i].processor, memory_order_relaxed) == own;
  }
  if (!collides || own < 0 || (own == excluded && restricted == started)) return;
  cpu_set_t others;
  if (sched_getaffinity(0, sizeof others, &others) != 0) return;
  CPU_CLR(own, &others);
  if (CPU_COUNT(&others) == 0) return;
  for (size_t i = 0; i < started; ++i) pthread_setaffinity_np(workers[i].thread, sizeof others, &others);
  excluded = own;
  restricted = started;
#endif
}

/// Returns whether to share work, although threads may have to be woken or started for it. A large job pays for that
/// alone; small ones only together, so their work is added up, and the job that reaches WAKE_COST wakes the threads for
/// those that follow.
static bool is_worth_sharing(size_t threads, size_t nanoseconds) {
  if (started + 1 >= threads && atomic_load_explicit(&sleepers, memory_order_relaxed) == 0) return true;
  if (nanoseconds < WAKE_COST) {
    const size_t before = atomic_fetch_add_explicit(&unshared_work, nanoseconds, memory_order_relaxed);
    if (before + nanoseconds < WAKE_COST) return false;
  }
  atomic_store_explicit(&unshared_work, 0, memory_order_relaxed);
  return true;
}

/// Takes the pool for this caller alone, or returns false if another caller has it.
static bool take_pool(void) {
  bool free = false;
  return atomic_compare_exchange_strong_explicit(&is_taken, &free, true, memory_order_acquire, memory_order_relaxed);
}

static void release_pool(void) { atomic_store_explicit(&is_taken, false, memory_order_release); }

/// Runs a job on the pool's threads and this one; the caller has taken the pool.
static void run_job(size_t parts, void (*body)(void *context, size_t part), void *context) {
  job_body = body;
  job_context = context;
  atomic_store_explicit(&finished_parts, 0, memory_order_relaxed);
  const uint64_t job = (atomic_load_explicit(&ticket, memory_order_relaxed) >> 32) + 1;
  const uint64_t published = job << 32 | (uint64_t)parts << 16;
  atomic_store_explicit(&ticket, published, memory_order_seq_cst);
  pthread_mutex_lock(&mutex);
  const bool anyone_sleeps = atomic_load_explicit(&sleepers, memory_order_relaxed) > 0;
  pthread_mutex_unlock(&mutex);
  avoid_callers_processor(anyone_sleeps);
  if (anyone_sleeps) pthread_cond_broadcast(&job_published);
  take_parts(published);
  for (int i = 0; atomic_load_explicit(&finished_parts, memory_order_acquire) < parts; ++i) {
    // If the thread of an unfinished part was preempted, it may need this processor to continue.
    if (i < SPIN_TURNS) relax();
    else sched_yield();
  }
}

void glia_parallel(size_t parts, size_t nanoseconds, void (*body)(void *context, size_t part), void *context) {
  const size_t threads = glia_threads();
  if (parts > 1 && parts <= MAX_PARTS && threads > 1 && take_pool()) {
    const bool shares = is_worth_sharing(threads, nanoseconds);
    if (shares) {
      start_threads(threads - 1);
      run_job(parts, body, context);
    }
    release_pool();
    if (shares) return;
  }
  for (size_t part = 0; part < parts; ++part) body(context, part);
}
