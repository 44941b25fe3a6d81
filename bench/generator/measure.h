// Clocks, samples, and what a process used of the machine.
#ifndef MEASURE_H
#define MEASURE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef uint64_t Nanoseconds;

typedef struct {
    double *values;
    size_t count, room;
} Samples;

Nanoseconds now(void);
double seconds_between(Nanoseconds from, Nanoseconds to);
double milliseconds_between(Nanoseconds from, Nanoseconds to);

void samples_add(Samples *samples, double value);
// Sorts the samples. share is 0.5 for the median, 0.99 for p99; 0 when there are none.
double samples_at(Samples *samples, double share);

// User and system time of all threads of these processes since they started, in milliseconds.
double cpu_of(const pid_t *processes, int count);
// How long their main threads were ready to run but waited for a core, in milliseconds.
double waited_by(const pid_t *processes, int count);
// A field of /proc/PID/status such as "VmRSS", summed over these processes, in KB.
double memory_of(const pid_t *processes, int count, const char *field);
// CPU time of this program, in milliseconds.
double own_cpu(void);

#endif
