// Who writes what when, and which writes were acked and seen.
#ifndef WRITES_H
#define WRITES_H

#include "client.h"

typedef struct {
    uint64_t sent, acked, seen;      // seen: by every subscriber that reads
    uint64_t refused;                // acks that do not start like --good-ack
    Nanoseconds started, last_done;  // the last ack or sight
    Samples ack_times, sight_times;  // milliseconds from sending
    Samples others_sight_times;      // of all writers but the first
} Tally;

void writes_setup(const Options *options, uint64_t run);
// The writer's first write and all that follow go out on this connection.
void writes_add_writer(int writer, Client *client);

// Starts counting anew; every writer sends its first writes.
void writes_begin(void);
// What is under way still ends; nothing new is sent.
void writes_stop(void);
bool writes_all_done(void);
Tally *writes_tally(void);

void writes_on_broadcast(Client *client, Nanoseconds when);
void writes_on_ack(Client *client, uint32_t number, const char *answer, Nanoseconds when);

#endif
