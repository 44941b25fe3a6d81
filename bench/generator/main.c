// Loads a server and prints what it took as one line of JSON. One thread, one epoll.
// Status 0: every client connected and every write was acked and seen. 1: something was not.
#define _GNU_SOURCE
#include "client.h"
#include "measure.h"
#include "options.h"
#include "writes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { DRAIN_SECONDS = 30 };
static const double QUIET_SECONDS = 0.15;  // silence that shows that the server has no more to say

static Options options;
static Client *clients;
static int client_count, ready_count, failed_count, lost_count;
static int poll_descriptor;
static Nanoseconds run_started, last_event;
static Samples ready_times;

static void on_ready(Client *client, Nanoseconds when)
{
    ready_count++;
    samples_add(&ready_times, milliseconds_between(client->started, when));
}

static void on_gone(Client *client, Stage was)
{
    (void)client;
    if (was == READY)
        lost_count++;
    else
        failed_count++;
}

static double elapsed(Nanoseconds since)
{
    return seconds_between(since, now());
}

static void run_for(int milliseconds)
{
    struct epoll_event events[256];
    int count = epoll_wait(poll_descriptor, events, 256, milliseconds);
    for (int i = 0; i < count; i++)
        client_handle(events[i].data.ptr);
    if (count > 0)
        last_event = now();
    if (elapsed(run_started) > options.deadline) {
        fprintf(stderr, "load: not done after %.0f s: %d of %d ready, %d failed, %d lost\n",
                options.deadline, ready_count, client_count, failed_count, lost_count);
        exit(1);
    }
}

static void run_until_quiet(void)
{
    Nanoseconds start = now();
    last_event = start;
    while (elapsed(last_event) < QUIET_SECONDS && elapsed(start) < 5)
        run_for(20);
}

static void idle(double seconds)
{
    for (Nanoseconds start = now(); elapsed(start) < seconds;)
        run_for(50);
}

static void start_client(int index)
{
    bool stalled = index < options.subscribers && index >= options.subscribers - options.stalled;
    int writer = index - options.subscribers;
    client_start(&clients[index], writer < 0 ? -1 : writer, stalled);
    if (writer >= 0)
        writes_add_writer(writer, &clients[index]);
}

static double connect_all(void)
{
    Nanoseconds start = now();
    int started = 0;
    while (ready_count + failed_count < client_count) {
        while (started < client_count && started - ready_count - failed_count < options.at_once)
            start_client(started++);
        run_for(100);
    }
    double seconds = elapsed(start);
    for (int i = 0; i < options.stalled; i++)
        client_stop_reading(&clients[options.subscribers - 1 - i]);
    return seconds;
}

static bool is_spoilt(void)
{
    return lost_count || writes_tally()->refused;
}

// Between two moments at which nothing is under way, so that no write is counted in part. A run that does not count
// any more ends at once.
static void write_for(double seconds)
{
    writes_begin();
    for (Nanoseconds start = now(); elapsed(start) < seconds && !is_spoilt();)
        run_for(5);
    writes_stop();
    for (Nanoseconds start = now(); !writes_all_done() && !is_spoilt() && elapsed(start) < DRAIN_SECONDS;)
        run_for(20);
    run_until_quiet();
}

static uint64_t subscribers_total(bool bytes)
{
    uint64_t total = 0;
    for (int i = 0; i < options.subscribers - options.stalled; i++)
        total += bytes ? clients[i].bytes : clients[i].messages;
    return total;
}

static int count_dropped_stalled(void)
{
    int dropped = 0;
    for (int i = 0; i < options.stalled; i++)
        dropped += client_was_dropped(&clients[options.subscribers - 1 - i]);
    return dropped;
}

static double server_cpu(void)
{
    return cpu_of(options.processes, options.process_count);
}

static double server_waited(void)
{
    return waited_by(options.processes, options.process_count);
}

static double server_memory(const char *field)
{
    return memory_of(options.processes, options.process_count, field);
}

static void print_number(const char *name, double value)
{
    printf(", \"%s\": %.4f", name, value);
}

static void connect_and_report(void)
{
    double memory = server_memory("VmRSS"), cpu = server_cpu();
    double seconds = connect_all();
    run_until_quiet();
    double connect_cpu = server_cpu() - cpu;
    print_number("connect_s", seconds);
    print_number("ready_ms_p50", samples_at(&ready_times, 0.5));
    print_number("ready_ms_p99", samples_at(&ready_times, 0.99));
    print_number("connect_cpu_ms", ready_count ? connect_cpu / ready_count : 0);
    if (options.hold > 0) {
        cpu = server_cpu();
        idle(options.hold);
        print_number("idle_cpu_ms_per_s", (server_cpu() - cpu) / options.hold);
    }
    print_number("rss_kb_before", memory);
    print_number("rss_kb_connected", server_memory("VmRSS"));
    print_number("kb_per_connection",
                 ready_count ? (server_memory("VmRSS") - memory) / ready_count : 0);
}

static void write_and_report(void)
{
    Tally *tally = writes_tally();
    if (options.warmup > 0)
        write_for(options.warmup);
    uint64_t refused = tally->refused;
    if (!writes_all_done())
        return;
    uint64_t bytes = subscribers_total(true), messages = subscribers_total(false);
    double cpu = server_cpu(), own = own_cpu(), waited = server_waited();
    write_for(options.seconds);
    cpu = server_cpu() - cpu;
    waited = server_waited() - waited;
    own = own_cpu() - own;
    double seconds = seconds_between(tally->started, tally->last_done);
    double writes = tally->acked ? (double)tally->acked : 1;
    double deliveries = writes * (options.subscribers - options.stalled);
    tally->refused += refused;
    print_number("acked", (double)tally->acked);
    print_number("acked_per_s", seconds > 0 ? (double)tally->acked / seconds : 0);
    print_number("ack_ms_p50", samples_at(&tally->ack_times, 0.5));
    print_number("ack_ms_p99", samples_at(&tally->ack_times, 0.99));
    print_number("cpu_ms_per_write", cpu / writes);
    print_number("server_busy", seconds > 0 ? cpu / seconds / 1e3 : 0);
    print_number("server_starved", seconds > 0 ? waited / seconds / 1e3 : 0);
    print_number("generator_busy", seconds > 0 ? own / seconds / 1e3 : 0);
    if (deliveries > 0) {
        print_number("seen_ms_p50", samples_at(&tally->sight_times, 0.5));
        print_number("seen_ms_p99", samples_at(&tally->sight_times, 0.99));
        if (options.first_message) {
            print_number("others_seen_ms_p50", samples_at(&tally->others_sight_times, 0.5));
            print_number("others_seen_ms_max", samples_at(&tally->others_sight_times, 1));
        }
        print_number("bytes_per_delivery",
                     (double)(subscribers_total(true) - bytes) / deliveries);
        print_number("frames_per_delivery",
                     (double)(subscribers_total(false) - messages) / deliveries);
    }
}

static void raise_file_limit(void)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < (rlim_t)client_count + 16) {
        fprintf(stderr, "load: %d clients need a higher limit of open files\n", client_count);
        exit(1);
    }
}

static uint64_t pick_run_number(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return ((uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000) % 1000000000;
}

int main(int argc, char **argv)
{
    static const Listener listener = {on_ready, on_gone, writes_on_broadcast, writes_on_ack};
    options = options_parse(argc, argv);
    run_started = now();
    alarm((unsigned)options.deadline + 10);  // ends the program even if a loop does not
    client_count = options.subscribers + options.writers;
    raise_file_limit();
    clients = calloc((size_t)client_count, sizeof *clients);
    poll_descriptor = epoll_create1(EPOLL_CLOEXEC);
    if (!clients || poll_descriptor < 0) {
        perror("load");
        return 1;
    }
    uint64_t run = pick_run_number();
    clients_setup(&options, &listener, poll_descriptor, run);
    writes_setup(&options, run);

    printf("{\"label\": \"%s\", \"subscribers\": %d, \"writers\": %d, \"stalled\": %d",
           options.label, options.subscribers, options.writers, options.stalled);
    connect_and_report();
    if (options.writers && !failed_count && options.seconds > 0)
        write_and_report();
    Tally *tally = writes_tally();
    uint64_t unacked = tally->sent - tally->acked, unseen = tally->sent - tally->seen;
    print_number("rss_kb_after", server_memory("VmRSS"));
    print_number("rss_kb_peak", server_memory("VmHWM"));
    print_number("stalled_dropped", count_dropped_stalled());
    printf(", \"failed\": %d, \"lost\": %d, \"refused\": %llu, \"unacked\": %llu,"
           " \"unseen\": %llu}\n", failed_count, lost_count, (unsigned long long)tally->refused,
           (unsigned long long)unacked, (unsigned long long)unseen);
    return failed_count || lost_count || tally->refused || unacked || unseen;
}
