// What one run does, as given on the command line.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <sys/types.h>

enum { MAX_PORTS = 8, MAX_PROCESSES = 64, MAX_EVENTS = 8, MAX_WRITERS = 64 };

typedef struct {
    int ports[MAX_PORTS];  // each new client takes the next
    int port_count;
    int subscribers;
    int writers;
    int in_flight;         // writes under way per writer
    int at_once;           // handshakes under way while connecting
    int stalled;           // of the subscribers, how many stop reading once ready
    int show;              // print the start of the first so many messages
    bool wait_all;         // the next write waits until all subscribers saw the last
    double seconds;        // of measured writing
    double warmup;         // of writing before that
    double hold;           // of idling once all are connected
    double deadline;       // the whole run ends by then, finished or not
    const char *label;
    const char *message;   // with %writer% and %marker%
    const char *first_message;  // what the first writer writes instead
    const char *collection;     // path of PocketBase's; NULL for Socket.IO
    const char *good_ack;  // what a successful ack starts with
    const char *connect;   // payload of the Socket.IO CONNECT packet: the auth object
    const char *hello;     // raw text sent once the namespace is joined, with %part%
    int parts;             // of these, each new client takes the next for its --hello
    const char *wait_for[MAX_EVENTS];  // events a client needs before it counts as ready
    int wait_count;
    pid_t processes[MAX_PROCESSES];    // the server's, for CPU and memory
    int process_count;
} Options;

// Ends the program with a message and status 2 when the arguments make no sense.
Options options_parse(int argc, char **argv);

#endif
