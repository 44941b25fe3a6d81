#include "frames.h"

#include <string.h>

static int extended_length_bytes(int short_length)
{
    if (short_length == 126)
        return 2;
    return short_length == 127 ? 8 : 0;
}

static bool header_complete(const FrameReader *reader)
{
    return reader->header_length >= 2
        && reader->header_length >= 2 + extended_length_bytes(reader->header[1] & 127);
}

static void start_frame(FrameReader *reader)
{
    int extended = extended_length_bytes(reader->header[1] & 127);
    uint64_t length = reader->header[1] & 127;
    if (extended) {
        length = 0;
        for (int i = 0; i < extended; i++)
            length = length << 8 | reader->header[2 + i];
    }
    int opcode = reader->header[0] & 15;
    if (opcode)  // 0 goes on with the message before
        reader->opcode = opcode;
    reader->final = reader->header[0] >> 7;
    reader->remaining = length;
    reader->header_length = 0;
}

size_t frames_next(FrameReader *reader, const char *input, size_t length, Piece *piece)
{
    size_t used = 0;
    *piece = (Piece){0};
    if (reader->remaining == 0) {
        while (used < length && !header_complete(reader))
            reader->header[reader->header_length++] = (unsigned char)input[used++];
        if (!header_complete(reader))
            return used;
        start_frame(reader);
    }
    piece->bytes = input + used;
    piece->length = reader->remaining < length - used ? (size_t)reader->remaining : length - used;
    reader->remaining -= piece->length;
    piece->ends_message = reader->remaining == 0 && reader->final;
    return used + piece->length;
}

size_t frames_encode(int opcode, const char *payload, size_t length, char *out)
{
    static const char mask[4] = {0x21, 0x6b, 0x0e, 0x57};
    size_t header = 2;
    out[0] = (char)(0x80 | opcode);
    if (length < 126) {
        out[1] = (char)(0x80 | length);
    } else {
        out[1] = (char)(0x80 | 126);
        out[2] = (char)(length >> 8);
        out[3] = (char)length;
        header = 4;
    }
    memcpy(out + header, mask, sizeof mask);
    header += sizeof mask;
    for (size_t i = 0; i < length; i++)
        out[header + i] = payload[i] ^ mask[i & 3];
    return header + length;
}
