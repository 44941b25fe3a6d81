#include "chunks.h"

#include <ctype.h>
#include <stdlib.h>

// The line break after a chunk, and the size of the next one: hexadecimal digits and a line break.
static size_t read_size(ChunkReader *reader, const char *input, size_t length)
{
    for (size_t used = 0; used < length; used++) {
        char next = input[used];
        if (isxdigit((unsigned char)next)) {
            uint64_t digit = isdigit((unsigned char)next) ? (uint64_t)(next - '0')
                                                          : (uint64_t)(tolower(next) - 'a' + 10);
            reader->remaining = reader->remaining << 4 | digit;
        } else if (next == '\n' && reader->remaining) {
            reader->in_chunk = true;
            return used + 1;
        }
    }
    return length;
}

size_t chunks_next(ChunkReader *reader, const char *input, size_t length, Piece *piece)
{
    *piece = (Piece){0};
    if (!reader->in_chunk)
        return read_size(reader, input, length);
    piece->bytes = input;
    piece->length = reader->remaining < length ? (size_t)reader->remaining : length;
    reader->remaining -= piece->length;
    piece->ends_message = reader->remaining == 0;
    reader->in_chunk = !piece->ends_message;
    return piece->length;
}
