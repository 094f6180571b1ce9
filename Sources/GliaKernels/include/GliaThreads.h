#ifndef GLIA_THREADS_H
#define GLIA_THREADS_H

#include <stddef.h>

// One thread pool for the whole process. It starts threads only when there is work for them; they poll for more work
// briefly before they sleep, and never keep a program from exiting.
//
// Large kernels divide their outputs, never their sums, so results have the same bits for any number of threads. Small
// ones stay on the calling thread, as does all work that comes while another caller is using the pool.

/// Returns how many threads share large tasks, including the caller: initially the environment variable GLIA_THREADS,
/// otherwise the number of processors that this process may use.
size_t glia_threads(void);

/// Sets how many threads share large tasks, from 1 to 256; other numbers are clamped to that range.
void glia_set_threads(size_t count);

/// Calls body(context, part) once for each part below `parts`, shared among the pool's threads, and returns when all
/// are done. Parts that call kernels or glia_parallel themselves stay on their thread.
///
/// `nanoseconds` is an estimate of how long one thread would take for all: threads are not woken for small jobs.
void glia_parallel(size_t parts, size_t nanoseconds, void (*body)(void *context, size_t part), void *context);

#endif
