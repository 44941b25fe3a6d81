#define _GNU_SOURCE
#include "pocketbase.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static const char EVENTS[] = "/api/realtime";

static void listen_for_events(Client *client, Nanoseconds when)
{
    if (client->writer >= 0) {
        client_ready(client, when);
        return;
    }
    char request[256];
    int length = snprintf(request, sizeof request,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n\r\n", EVENTS, client->port);
    if (client_send(client, request, (size_t)length))
        client->stage = UPGRADING;
}

// On a connection of its own, which is waited for: nothing is measured yet.
static bool post(int port, const char *path, const char *body)
{
    char request[1024], answer[64] = "";
    int length = snprintf(request, sizeof request,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
        "Connection: close\r\nContent-Length: %zu\r\n\r\n%s", path, port, strlen(body), body);
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    struct timeval patience = {.tv_sec = 5};
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    bool done = connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0
        && send(descriptor, request, (size_t)length, MSG_NOSIGNAL) == length
        && recv(descriptor, answer, sizeof answer - 1, MSG_WAITALL) > 0
        && strncmp(answer, "HTTP/1.1 204", 12) == 0;
    if (!done)
        fprintf(stderr, "load: not subscribed: %.40s\n", answer);
    if (descriptor >= 0)
        close(descriptor);
    return done;
}

// The first event says under which id the client can be subscribed.
static void subscribe(Client *client, Nanoseconds when)
{
    static const char key[] = "\"clientId\":\"";
    char *id = strstr(client->head, key), *end = id ? strchr(id + sizeof key - 1, '"') : NULL;
    if (!end)
        return;
    const char *collection = strrchr(client_options->collection, '/') + 1;
    char body[512];
    snprintf(body, sizeof body, "{\"clientId\":\"%.*s\",\"subscriptions\":[\"%s/*\"]}",
             (int)(end - id - (long)sizeof key + 1), id + sizeof key - 1, collection);
    if (post(client->port, EVENTS, body))
        client_ready(client, when);
    else
        client_give_up(client);
}

static void handle_message(Client *client, Nanoseconds when)
{
    client_begin_message(client);
    if (client->stage == OPENING)
        subscribe(client, when);
    else if (client->stage == READY && client->found_any)
        client_listener->broadcast(client, when);
    client_end_message(client);
}

static void read_events(Client *client, const char *bytes, size_t length, Nanoseconds when)
{
    client->bytes += length;
    while (length && client->stage != GONE) {
        Piece piece;
        size_t used = chunks_next(&client->chunks, bytes, length, &piece);
        bytes += used;
        length -= used;
        if (piece.length)
            client_read_piece(client, &piece);
        if (piece.ends_message)
            handle_message(client, when);
    }
}

// A write is answered when the whole response is there.
static void read_answers(Client *client, const char *bytes, size_t length, Nanoseconds when)
{
    while (length && client->stage != GONE) {
        bool complete = true;
        size_t used = client->body_remaining < length ? (size_t)client->body_remaining : length;
        client->body_remaining -= used;
        if (!used) {
            used = client_read_response(client, bytes, length, "HTTP/1.1", &complete);
            char *size = complete ? strcasestr(client->response, "\r\nContent-Length:") : NULL;
            client->body_remaining = size ? strtoull(size + 17, NULL, 10) : 0;
        }
        bytes += used;
        length -= used;
        if (complete && !client->body_remaining) {
            client->response_length = 0;
            client_listener->ack(client, ++client->answers, client->response, when);
        }
    }
}

static void read_bytes(Client *client, const char *bytes, size_t length, Nanoseconds when)
{
    if (client->writer >= 0) {
        read_answers(client, bytes, length, when);
        return;
    }
    if (client->stage == UPGRADING) {
        bool complete;
        size_t used = client_read_response(client, bytes, length, "HTTP/1.1 200", &complete);
        bytes += used;
        length -= used;
        if (complete)
            client->stage = OPENING;
    }
    if (length && client->stage != UPGRADING)
        read_events(client, bytes, length, when);
}

static void write_record(Client *client, uint32_t number, const char *message, size_t length)
{
    (void)number;  // answers come in the order of the requests
    static char request[MAX_SENT_PAYLOAD];
    int head = snprintf(request, sizeof request,
        "PATCH %s/records/%d HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
        "Content-Length: %zu\r\n\r\n", client_options->collection, client->writer + 1, client->port, length);
    if (head < 0 || length > sizeof request - (size_t)head)
        return;
    memcpy(request + head, message, length);
    client_send(client, request, (size_t)head + length);
}

const Wire POCKETBASE = {listen_for_events, read_bytes, write_record};
