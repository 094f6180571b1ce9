#ifndef CSIGNALS_H
#define CSIGNALS_H

#include <stdbool.h>

// Signals that ask the program to leave: SIGHUP, SIGINT, SIGQUIT and SIGTERM. In C, because little is allowed in a signal's
// handler, and Swift does not say what its code does there.

/// From now on each of them ends the program with the exit status 128 + its number, and without files in the making. One
/// that the program was started to ignore stays ignored.
void csignals_begin(void);

/// Whether the first of them, unless it is SIGQUIT, is only noted and answered on standard error.
void csignals_heed(bool heeds);

/// The signal that was noted; 0 as long as none was.
int csignals_noted(void);

/// Says that there may be a file in the making at `path`; returns its place in a small table, or -1 if that is full.
int csignals_file_begun(const char *path);

/// Says that the file which has that place in the table is there no longer, or complete.
void csignals_file_ended(int place);

#endif
