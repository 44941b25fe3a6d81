// One connection: from the TCP handshake until its messages are read, whatever the server speaks.
#ifndef CLIENT_H
#define CLIENT_H

#include "chunks.h"
#include "frames.h"
#include "measure.h"
#include "options.h"

typedef enum {
    CONNECTING,  // TCP
    UPGRADING,   // waits for the head of the HTTP response
    OPENING,     // waits for engine.io's OPEN, or for PocketBase's id of the client
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
    void (*ack)(Client *client, uint32_t number, const char *answer, Nanoseconds when);
} Listener;

// How a kind of server is spoken to.
typedef struct {
    void (*connected)(Client *client, Nanoseconds when);  // the TCP connection stands
    void (*read)(Client *client, const char *bytes, size_t length, Nanoseconds when);
    // Sends a filled-in --message as the writer's write of this number.
    void (*write)(Client *client, uint32_t number, const char *message, size_t length);
} Wire;

struct Client {
    int descriptor;
    int port;
    Stage stage;
    int writer;                 // its number from 0, or -1 for a subscriber
    uint64_t bytes, messages;   // read since it was ready
    Nanoseconds started;
    FrameReader frames;
    ChunkReader chunks;
    char head[256];             // how the message being read starts
    size_t head_length;
    char marker[48];            // digits and dots since the last ~
    int marker_length;
    bool in_marker, found_any;
    uint32_t found[MAX_WRITERS];
    uint32_t last_seen[MAX_WRITERS];
    unsigned waiting_for;       // a bit for each event of --wait-for
    uint32_t answers;           // read so far, where they have no numbers
    uint64_t body_remaining;    // of the HTTP response being read
    char response[1024];        // the head of the HTTP response
    size_t response_length;
};

// Markers look like ~run.writer.number~: the run tells them from those an earlier run left in the
// database, which a snapshot shows again.
void clients_setup(const Options *options, const Listener *listener, int poll, uint64_t run);
void client_start(Client *client, int writer, bool small_buffer);
// For each event that epoll reports with this client.
void client_handle(Client *client);
void client_stop_reading(Client *client);
void client_write(Client *client, uint32_t number, const char *message, size_t length);
// Reads away what is left; true if the server has hung up.
bool client_was_dropped(Client *client);

// For the wires.
extern const Options *client_options;
extern const Listener *client_listener;
bool client_send(Client *client, const char *bytes, size_t length);
void client_give_up(Client *client);
void client_ready(Client *client, Nanoseconds when);
// Takes what belongs to the head of the HTTP response, and returns how many bytes that is. `complete` says whether the
// head is in `response` now. One that does not begin like `expected` ends the client.
size_t client_read_response(Client *client, const char *bytes, size_t length, const char *expected, bool *complete);
// Keeps the start of the message in `head`, and its markers in `found`.
void client_read_piece(Client *client, const Piece *piece);
// The message is complete: `head` can be looked at until client_end_message.
void client_begin_message(Client *client);
void client_end_message(Client *client);

#endif
