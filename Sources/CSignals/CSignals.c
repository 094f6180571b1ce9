#include "CSignals.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FILES = 16, FREE = 0, TAKEN = 1, NAMED = 2 };

static atomic_int noted;
static atomic_bool is_heeded;
static bool is_terminal;
static struct {
  atomic_int state;
  char path[PATH_MAX];
} files[MOST_FILES];

static void answer(int number) {
  static const char again[] = "stopping after this step; press Control-C again to exit at once\n";
  static const char plain[] = "stopping after this step\n";
  const bool is_typed = number == SIGINT;
  // The line may contain a progress bar.
  ssize_t written = is_terminal ? write(STDERR_FILENO, "\n", 1) : 0;
  written = write(STDERR_FILENO, is_typed ? again : plain, (is_typed ? sizeof again : sizeof plain) - 1);
  (void)written;
}

static void receive(int number) {
  const int former = errno;
  int none = 0;
  if (number != SIGQUIT && atomic_load(&is_heeded) && atomic_compare_exchange_strong(&noted, &none, number)) {
    answer(number);
    errno = former;
    return;
  }
  for (int i = 0; i < MOST_FILES; ++i) {
    if (atomic_load(&files[i].state) == NAMED) unlink(files[i].path);
  }
  _exit(128 + number);
}

void csignals_begin(void) {
  static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  sigset_t listened;
  sigemptyset(&listened);
  is_terminal = isatty(STDERR_FILENO) == 1;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i) {
    struct sigaction action;
    if (sigaction(numbers[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN) continue;
    memset(&action, 0, sizeof action);
    sigfillset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    action.sa_handler = receive;
    sigaction(numbers[i], &action, NULL);
    sigaddset(&listened, numbers[i]);
  }
  // The signal mask is inherited: if the parent blocks signals, none would be received.
  pthread_sigmask(SIG_UNBLOCK, &listened, NULL);
}

void csignals_heed(bool heeds) { atomic_store(&is_heeded, heeds); }

int csignals_noted(void) { return atomic_load_explicit(&noted, memory_order_relaxed); }

int csignals_file_begun(const char *path) {
  const size_t size = strlen(path) + 1;
  for (int i = 0; i < MOST_FILES && size <= PATH_MAX; ++i) {
    int state = FREE;
    if (!atomic_compare_exchange_strong(&files[i].state, &state, TAKEN)) continue;
    memcpy(files[i].path, path, size);
    atomic_store(&files[i].state, NAMED);
    return i;
  }
  return -1;
}

void csignals_file_ended(int place) {
  if (place >= 0 && place < MOST_FILES) atomic_store(&files[place].state, FREE);
}
