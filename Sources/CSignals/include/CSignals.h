#ifndef CSIGNALS_H
#define CSIGNALS_H

#include <stdbool.h>

// Handles the signals that ask the program to exit: SIGHUP, SIGINT, SIGQUIT and SIGTERM. Written in C because only
// async-signal-safe functions may be called in a signal handler, which Swift code cannot guarantee.

/// Installs the handlers: each signal deletes incomplete files and ends the program with the exit status 128 + its number.
/// Signals that are already ignored remain ignored.
void csignals_begin(void);

/// Sets whether the first signal, unless it is SIGQUIT, is only recorded and acknowledged on standard error.
void csignals_heed(bool heeds);

/// The recorded signal, or 0.
int csignals_noted(void);

/// Registers an incomplete file at `path`; returns its index in a small table, or -1 if the table is full.
int csignals_file_begun(const char *path);

/// Removes the file at index `place` from the table, because it is complete or deleted.
void csignals_file_ended(int place);

#endif
