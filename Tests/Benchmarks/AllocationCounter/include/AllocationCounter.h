#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

/// The number of memory allocations of this process so far; -1 if they cannot be counted.
long allocation_count(void);

#endif
