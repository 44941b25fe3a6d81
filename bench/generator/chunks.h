// The body of an HTTP response that comes in chunks (RFC 9112, 7.1).
#ifndef CHUNKS_H
#define CHUNKS_H

#include "frames.h"

// Where a stream of chunks stands. All zero at the start.
typedef struct {
    uint64_t remaining;  // bytes of this chunk still to come
    bool in_chunk;       // past the line with its size
} ChunkReader;

// As frames_next: takes what it can of the input as one piece and returns how many bytes that used up.
size_t chunks_next(ChunkReader *reader, const char *input, size_t length, Piece *piece);

#endif
