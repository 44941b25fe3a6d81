#define _GNU_SOURCE
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static Nanoseconds read_clock(clockid_t clock)
{
    struct timespec time = {0};
    clock_gettime(clock, &time);
    return (Nanoseconds)time.tv_sec * 1000000000u + (Nanoseconds)time.tv_nsec;
}

Nanoseconds now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

double seconds_between(Nanoseconds from, Nanoseconds to)
{
    return to > from ? (double)(to - from) / 1e9 : 0;
}

double milliseconds_between(Nanoseconds from, Nanoseconds to)
{
    return seconds_between(from, to) * 1e3;
}

void samples_add(Samples *samples, double value)
{
    if (samples->count == samples->room) {
        samples->room = samples->room ? samples->room * 2 : 4096;
        samples->values = realloc(samples->values, samples->room * sizeof *samples->values);
        if (!samples->values)
            abort();
    }
    samples->values[samples->count++] = value;
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double samples_at(Samples *samples, double share)
{
    if (!samples->count)
        return 0;
    qsort(samples->values, samples->count, sizeof *samples->values, ascending);
    return samples->values[(size_t)(share * (double)(samples->count - 1) + 0.5)];
}

// The CPU clock of another process counts nanoseconds, where /proc/PID/stat counts hundredths of
// a second: too coarse for a run that a fast server finishes with little work.
double cpu_of(const pid_t *processes, int count)
{
    double milliseconds = 0;
    for (int i = 0; i < count; i++) {
        clockid_t clock;
        if (clock_getcpuclockid(processes[i], &clock) == 0)
            milliseconds += (double)read_clock(clock) / 1e6;
    }
    return milliseconds;
}

double own_cpu(void)
{
    return (double)read_clock(CLOCK_PROCESS_CPUTIME_ID) / 1e6;
}

static double waited_by_one(pid_t process)
{
    char path[64];
    unsigned long long ran = 0, waited = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)process);
    FILE *schedule = fopen(path, "r");
    if (!schedule)
        return 0;
    if (fscanf(schedule, "%llu %llu", &ran, &waited) != 2)
        waited = 0;
    fclose(schedule);
    return (double)waited / 1e6;
}

double waited_by(const pid_t *processes, int count)
{
    double milliseconds = 0;
    for (int i = 0; i < count; i++)
        milliseconds += waited_by_one(processes[i]);
    return milliseconds;
}

static double memory_field(pid_t process, const char *field)
{
    char path[64], line[256];
    double kilobytes = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *status = fopen(path, "r");
    if (!status)
        return 0;
    while (fgets(line, sizeof line, status)) {
        size_t length = strlen(field);
        if (strncmp(line, field, length) == 0 && line[length] == ':')
            kilobytes = atof(line + length + 1);
    }
    fclose(status);
    return kilobytes;
}

double memory_of(const pid_t *processes, int count, const char *field)
{
    double kilobytes = 0;
    for (int i = 0; i < count; i++)
        kilobytes += memory_field(processes[i], field);
    return kilobytes;
}
