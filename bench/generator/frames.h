// Websocket frames, as a client writes and reads them.
#ifndef FRAMES_H
#define FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10 };
enum { MAX_SENT_PAYLOAD = 65535, MAX_SENT_HEADER = 8 };

// Where a stream of frames stands. All zero at the start.
typedef struct {
    unsigned char header[10];
    int header_length;
    uint64_t remaining;  // payload bytes of this frame still to come
    int opcode;
    bool final;
} FrameReader;

// Part of a message. The stream is never buffered: a message may be larger than memory.
typedef struct {
    const char *bytes;
    size_t length;
    bool ends_message;
} Piece;

// Takes what it can of the input as one piece and returns how many bytes that used up.
size_t frames_next(FrameReader *reader, const char *input, size_t length, Piece *piece);

// Writes a masked frame to out (payload + MAX_SENT_HEADER bytes) and returns its length.
size_t frames_encode(int opcode, const char *payload, size_t length, char *out);

#endif
