#include "socketio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void send_frame(Client *client, int opcode, const char *payload, size_t length)
{
    static char frame[MAX_SENT_PAYLOAD + MAX_SENT_HEADER];
    if (length <= MAX_SENT_PAYLOAD)
        client_send(client, frame, frames_encode(opcode, payload, length, frame));
}

static void send_text(Client *client, const char *text)
{
    send_frame(client, TEXT, text, strlen(text));
}

static void ask_for_upgrade(Client *client, Nanoseconds when)
{
    (void)when;
    char request[512];
    int length = snprintf(request, sizeof request,
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
        "Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c3BvdHRlci1iZW5jaG1hcg==\r\n\r\n",
        client->port, client->port);
    if (client_send(client, request, (size_t)length))
        client->stage = UPGRADING;
}

static void join_namespace(Client *client)
{
    char packet[1024];
    snprintf(packet, sizeof packet, "40%s", client_options->connect);
    client->stage = JOINING;
    client->waiting_for = (1u << client_options->wait_count) - 1;
    send_text(client, packet);
}

static bool is_event(const char *packet, const char *name)
{
    size_t length = strlen(name);
    if (strcmp(name, "ack") == 0)
        return strncmp(packet, "430[", 4) == 0;
    return strncmp(packet, "42[\"", 4) == 0 && strncmp(packet + 4, name, length) == 0
        && packet[4 + length] == '"';
}

// python-socketio sends what a connect handler emits before the CONNECT packet that lets the
// client in, so these events count from JOINING on.
static void tick_off(Client *client, Nanoseconds when)
{
    for (int i = 0; i < client_options->wait_count; i++)
        if (is_event(client->head, client_options->wait_for[i]))
            client->waiting_for &= ~(1u << i);
    if (client->stage == WAITING && !client->waiting_for)
        client_ready(client, when);
}

static void handle_ack(Client *client, Nanoseconds when)
{
    char *arguments;
    uint32_t number = (uint32_t)strtoul(client->head + 2, &arguments, 10);
    if (number)  // 0 is the answer to --hello
        client_listener->ack(client, number, arguments, when);
}

static void send_hello(Client *client)
{
    static int joined;
    static const char place[] = "%part%";
    const char *hello = client_options->hello, *part = strstr(hello, place);
    char text[1024];
    int number = joined++ % client_options->parts + 1;
    if (part)
        snprintf(text, sizeof text, "%.*s%d%s", (int)(part - hello), hello, number, part + strlen(place));
    else
        snprintf(text, sizeof text, "%s", hello);
    send_text(client, text);
}

static void handle_joined(Client *client, Nanoseconds when)
{
    client->stage = WAITING;
    if (client_options->hello)
        send_hello(client);
    tick_off(client, when);
}

static void handle_packet(Client *client, Nanoseconds when)
{
    const char *packet = client->head;
    if (packet[0] == '2')
        send_text(client, "3");
    else if (packet[0] == '0' && client->stage == OPENING)
        join_namespace(client);
    else if (strncmp(packet, "40", 2) == 0 && client->stage == JOINING)
        handle_joined(client, when);
    else if (strncmp(packet, "44", 2) == 0) {
        fprintf(stderr, "load: refused: %.80s\n", packet);
        client_give_up(client);
    } else if (client->stage == JOINING || client->stage == WAITING)
        tick_off(client, when);
    else if (strncmp(packet, "43", 2) == 0 && client->stage == READY)
        handle_ack(client, when);
    else if (strncmp(packet, "42", 2) == 0 && client->stage == READY && client->found_any)
        client_listener->broadcast(client, when);
}

static void handle_message(Client *client, Nanoseconds when)
{
    client_begin_message(client);
    if (client->frames.opcode == PING)
        send_frame(client, PONG, client->head, client->head_length);
    else if (client->frames.opcode == TEXT)
        handle_packet(client, when);
    client_end_message(client);
}

static void read_frames(Client *client, const char *bytes, size_t length, Nanoseconds when)
{
    client->bytes += length;
    while (length && client->stage != GONE) {
        Piece piece;
        size_t used = frames_next(&client->frames, bytes, length, &piece);
        bytes += used;
        length -= used;
        if (piece.length)
            client_read_piece(client, &piece);
        if (piece.ends_message)
            handle_message(client, when);
    }
}

static void read_bytes(Client *client, const char *bytes, size_t length, Nanoseconds when)
{
    if (client->stage == UPGRADING) {
        bool complete;
        size_t used = client_read_response(client, bytes, length, "HTTP/1.1 101", &complete);
        bytes += used;
        length -= used;
        if (complete)
            client->stage = OPENING;
    }
    if (length && client->stage != UPGRADING)
        read_frames(client, bytes, length, when);
}

// 42, the number under which the ack comes back, the message.
static void write_event(Client *client, uint32_t number, const char *message, size_t length)
{
    static char packet[MAX_SENT_PAYLOAD];
    int prefix = snprintf(packet, sizeof packet, "42%u", (unsigned)number);
    if (length > sizeof packet - (size_t)prefix)
        return;
    memcpy(packet + prefix, message, length);
    send_frame(client, TEXT, packet, (size_t)prefix + length);
}

const Wire SOCKETIO = {ask_for_upgrade, read_bytes, write_event};
