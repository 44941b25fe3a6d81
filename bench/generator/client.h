// One Socket.IO connection: from the TCP handshake until its messages are read.
#ifndef CLIENT_H
#define CLIENT_H

#include "frames.h"
#include "measure.h"
#include "options.h"

typedef enum {
    CONNECTING,  // TCP
    UPGRADING,   // HTTP to websocket
    OPENING,     // waits for engine.io's OPEN
    JOINING,     // waits for Socket.IO's CONNECT
    WAITING,     // waits for the events of --wait-for
    READY,
    GONE,
} Stage;

typedef struct Client Client;

// What the rest of the program does with what a client reads.
typedef struct {
    void (*ready)(Client *client, Nanoseconds when);
    void (*gone)(Client *client, Stage was);
    // A broadcast was read to its end; found[w] is the last marker of writer w in it, or 0.
    void (*broadcast)(Client *client, Nanoseconds when);
    void (*ack)(Client *client, uint32_t number, const char *arguments, Nanoseconds when);
} Listener;

struct Client {
    int descriptor;
    int port;
    Stage stage;
    int writer;                 // its number from 0, or -1 for a subscriber
    uint64_t bytes, messages;   // read since it was ready
    Nanoseconds started;
    FrameReader frames;
    char head[256];             // how the message being read starts
    size_t head_length;
    char marker[48];            // digits and dots since the last ~
    int marker_length;
    bool in_marker, found_any;
    uint32_t found[MAX_WRITERS];
    uint32_t last_seen[MAX_WRITERS];
    unsigned waiting_for;       // a bit for each event of --wait-for
    char response[1024];        // to the HTTP upgrade
    size_t response_length;
};

// Markers look like ~run.writer.number~: the run tells them from those an earlier run left in the
// database, which a snapshot shows again.
void clients_setup(const Options *options, const Listener *listener, int poll, uint64_t run);
void client_start(Client *client, int writer, bool small_buffer);
// For each event that epoll reports with this client.
void client_handle(Client *client);
void client_stop_reading(Client *client);
void client_send(Client *client, int opcode, const char *payload, size_t length);
// Reads away what is left; true if the server has hung up.
bool client_was_dropped(Client *client);

#endif
