#define _GNU_SOURCE
#include "client.h"

#include "pocketbase.h"
#include "socketio.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

const Options *client_options;
const Listener *client_listener;
static const Wire *wire;
static int poll_descriptor;
static uint64_t run_number;
static int still_to_show;

void clients_setup(const Options *given, const Listener *listens, int poll, uint64_t run)
{
    client_options = given;
    client_listener = listens;
    wire = given->collection ? &POCKETBASE : &SOCKETIO;
    poll_descriptor = poll;
    run_number = run;
    still_to_show = given->show;
}

static void watch(Client *client, int operation, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = client};
    epoll_ctl(poll_descriptor, operation, client->descriptor, &event);
}

void client_start(Client *client, int writer, bool small_buffer)
{
    static int started;
    int port = client_options->ports[started++ % client_options->port_count];
    *client = (Client){.writer = writer, .stage = CONNECTING, .port = port, .started = now()};
    client->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (client->descriptor < 0) {
        perror("load: socket");
        exit(1);
    }
    int on = 1, small = 4096;
    setsockopt(client->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (small_buffer)  // else the kernel would swallow megabytes before the server notices
        setsockopt(client->descriptor, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    connect(client->descriptor, (struct sockaddr *)&address, sizeof address);
    watch(client, EPOLL_CTL_ADD, EPOLLOUT);
}

void client_give_up(Client *client)
{
    Stage was = client->stage;
    client->stage = GONE;
    close(client->descriptor);
    client_listener->gone(client, was);
}

static bool write_whole(int descriptor, const char *bytes, size_t length)
{
    while (length) {
        ssize_t sent = send(descriptor, bytes, length, MSG_NOSIGNAL);
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
            continue;
        }
        struct pollfd writable = {.fd = descriptor, .events = POLLOUT};
        if (errno != EAGAIN || poll(&writable, 1, 1000) <= 0)
            return false;
    }
    return true;
}

bool client_send(Client *client, const char *bytes, size_t length)
{
    if (client->stage == GONE)
        return false;
    if (write_whole(client->descriptor, bytes, length))
        return true;
    client_give_up(client);
    return false;
}

void client_write(Client *client, uint32_t number, const char *message, size_t length)
{
    wire->write(client, number, message, length);
}

void client_ready(Client *client, Nanoseconds when)
{
    client->stage = READY;
    client->bytes = client->messages = 0;
    client_listener->ready(client, when);
}

size_t client_read_response(Client *client, const char *bytes, size_t length, const char *expected, bool *complete)
{
    size_t before = client->response_length;
    size_t room = sizeof client->response - 1 - before;
    size_t taken = length < room ? length : room;
    memcpy(client->response + before, bytes, taken);
    client->response_length += taken;
    client->response[client->response_length] = 0;
    char *end = strstr(client->response, "\r\n\r\n");
    *complete = end != NULL;
    if (!end && taken == length)
        return length;
    if (!end || strncmp(client->response, expected, strlen(expected)) != 0) {
        fprintf(stderr, "load: not the response expected: %.60s\n", client->response);
        client_give_up(client);
        *complete = false;
        return length;
    }
    client->response_length = (size_t)(end + 4 - client->response);
    client->response[client->response_length] = 0;
    return client->response_length - before;
}

static void note_marker(Client *client)
{
    unsigned long long run;
    unsigned writer, number;
    client->marker[client->marker_length] = 0;
    if (sscanf(client->marker, "%llu.%u.%u", &run, &writer, &number) != 3)
        return;
    if (run != run_number || writer < 1 || (int)writer > client_options->writers)
        return;
    client->found_any = true;
    if (number > client->found[writer - 1])
        client->found[writer - 1] = number;
}

static void scan_for_markers(Client *client, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    while (bytes < end) {
        if (!client->in_marker) {
            bytes = memchr(bytes, '~', (size_t)(end - bytes));
            if (!bytes)
                return;
            bytes++;
            client->in_marker = true;
            client->marker_length = 0;
            continue;
        }
        char next = *bytes++;
        bool digit = (next >= '0' && next <= '9') || next == '.';
        if (digit && client->marker_length < (int)sizeof client->marker - 1) {
            client->marker[client->marker_length++] = next;
            continue;
        }
        client->in_marker = false;
        if (next == '~')
            note_marker(client);
    }
}

void client_read_piece(Client *client, const Piece *piece)
{
    size_t room = sizeof client->head - 1 - client->head_length;
    size_t kept = piece->length < room ? piece->length : room;
    memcpy(client->head + client->head_length, piece->bytes, kept);
    client->head_length += kept;
    scan_for_markers(client, piece->bytes, piece->length);
}

void client_begin_message(Client *client)
{
    client->head[client->head_length] = 0;
    client->messages++;
    if (still_to_show > 0) {
        still_to_show--;
        fprintf(stderr, "%s: %s\n", client->writer < 0 ? "subscriber" : "writer", client->head);
    }
}

void client_end_message(Client *client)
{
    client->head_length = 0;
    client->in_marker = false;
    if (client->found_any)
        memset(client->found, 0, sizeof client->found);
    client->found_any = false;
}

static void handle_connected(Client *client)
{
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(client->descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        client_give_up(client);
        return;
    }
    watch(client, EPOLL_CTL_MOD, EPOLLIN);
    wire->connected(client, now());
}

void client_handle(Client *client)
{
    static char buffer[1 << 18];
    if (client->stage == CONNECTING) {
        handle_connected(client);
        return;
    }
    while (client->stage != GONE) {
        ssize_t length = recv(client->descriptor, buffer, sizeof buffer, 0);
        if (length < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (length <= 0) {
            client_give_up(client);
            return;
        }
        wire->read(client, buffer, (size_t)length, now());
        if (length < (ssize_t)sizeof buffer)
            return;
    }
}

void client_stop_reading(Client *client)
{
    watch(client, EPOLL_CTL_DEL, 0);
}

bool client_was_dropped(Client *client)
{
    static char buffer[1 << 18];
    ssize_t length;
    do
        length = recv(client->descriptor, buffer, sizeof buffer, 0);
    while (length > 0);
    return length == 0 || errno != EAGAIN;
}
