#include "writes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REMEMBERED = 1 << 14 };  // writes under way per writer at most

typedef struct {
    Nanoseconds sent, acked, seen;
    int seen_by;
} Write;

typedef struct {
    Client *client;
    uint32_t last;  // number of its last write; they start at 1
    Write *writes;  // a ring
} Writer;

static const Options *options;
static uint64_t run_number;
static int watchers;
static bool sending;
static Writer writers[MAX_WRITERS];
static Tally tally;

void writes_setup(const Options *given, uint64_t run)
{
    options = given;
    run_number = run;
    watchers = given->subscribers - given->stalled;
}

void writes_add_writer(int writer, Client *client)
{
    writers[writer].client = client;
    writers[writer].writes = calloc(REMEMBERED, sizeof(Write));
    if (!writers[writer].writes)
        abort();
}

Tally *writes_tally(void)
{
    return &tally;
}

bool writes_all_done(void)
{
    return tally.acked == tally.sent && tally.seen == tally.sent;
}

static Write *write_of(Writer *writer, uint32_t number)
{
    return &writer->writes[number % REMEMBERED];
}

static size_t append(char *out, size_t at, size_t room, const char *text, size_t length)
{
    if (at + length >= room) {
        fprintf(stderr, "load: the message is too long\n");
        exit(2);
    }
    memcpy(out + at, text, length);
    return at + length;
}

static size_t fill_in(char *out, size_t room, int writer, uint32_t number)
{
    char text[64];
    size_t at = 0;
    bool is_first = writer == 0 && options->first_message;
    for (const char *next = is_first ? options->first_message : options->message; *next;) {
        if (strncmp(next, "%writer%", 8) == 0) {
            at = append(out, at, room, text,
                        (size_t)snprintf(text, sizeof text, "%d", writer + 1));
            next += 8;
        } else if (strncmp(next, "%marker%", 8) == 0) {
            at = append(out, at, room, text,
                        (size_t)snprintf(text, sizeof text, "~%llu.%d.%u~",
                                         (unsigned long long)run_number, writer + 1, number));
            next += 8;
        } else {
            at = append(out, at, room, next++, 1);
        }
    }
    return at;
}

static void send_next(int number_of_writer)
{
    static char message[MAX_SENT_PAYLOAD];
    Writer *writer = &writers[number_of_writer];
    uint32_t number = ++writer->last;
    Write *write = write_of(writer, number);
    if (write->sent && !(write->acked && write->seen)) {
        fprintf(stderr, "load: %d writes of one writer are still under way\n", REMEMBERED);
        exit(1);
    }
    *write = (Write){.sent = now()};
    tally.sent++;
    if (watchers == 0) {
        write->seen = write->sent;
        tally.seen++;
    }
    size_t length = fill_in(message, sizeof message, number_of_writer, number);
    client_write(writer->client, number, message, length);
}

void writes_begin(void)
{
    free(tally.ack_times.values);
    free(tally.sight_times.values);
    free(tally.others_sight_times.values);
    tally = (Tally){.started = now()};
    sending = true;
    for (int turn = 0; turn < options->in_flight; turn++)
        for (int writer = 0; writer < options->writers; writer++)
            send_next(writer);
}

void writes_stop(void)
{
    sending = false;
}

void writes_on_ack(Client *client, uint32_t number, const char *answer, Nanoseconds when)
{
    if (client->writer < 0)
        return;
    Write *write = write_of(&writers[client->writer], number);
    if (!write->sent || write->acked || number > writers[client->writer].last)
        return;
    if (strncmp(answer, options->good_ack, strlen(options->good_ack)) != 0
        && tally.refused++ == 0)
        fprintf(stderr, "load: refused: %.200s\n", answer);
    write->acked = when;
    tally.acked++;
    tally.last_done = when;
    samples_add(&tally.ack_times, milliseconds_between(write->sent, when));
    if (sending && (write->seen || !options->wait_all))
        send_next(client->writer);
}

static void note_sight(int writer, uint32_t number, Nanoseconds when)
{
    Write *write = write_of(&writers[writer], number);
    if (write->seen || ++write->seen_by < watchers)
        return;
    write->seen = when;
    tally.seen++;
    tally.last_done = when;
    samples_add(&tally.sight_times, milliseconds_between(write->sent, when));
    if (writer > 0)
        samples_add(&tally.others_sight_times, milliseconds_between(write->sent, when));
    if (sending && options->wait_all && write->acked)
        send_next(writer);
}

// A server may send several writes at once and show only the newest state: who has seen a
// writer's marker has seen what the same writer wrote before.
void writes_on_broadcast(Client *client, Nanoseconds when)
{
    if (client->writer >= 0)
        return;
    for (int writer = 0; writer < options->writers; writer++) {
        uint32_t number = client->found[writer];
        if (number > writers[writer].last)
            continue;
        for (uint32_t next = client->last_seen[writer] + 1; next <= number; next++)
            note_sight(writer, next, when);
        if (number > client->last_seen[writer])
            client->last_seen[writer] = number;
    }
}
