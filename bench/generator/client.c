#define _GNU_SOURCE
#include "client.h"

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

static const Options *options;
static const Listener *listener;
static int poll_descriptor;
static uint64_t run_number;
static int still_to_show;

void clients_setup(const Options *given, const Listener *listens, int poll, uint64_t run)
{
    options = given;
    listener = listens;
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
    int port = options->ports[started++ % options->port_count];
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

static void give_up(Client *client)
{
    Stage was = client->stage;
    client->stage = GONE;
    close(client->descriptor);
    listener->gone(client, was);
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

void client_send(Client *client, int opcode, const char *payload, size_t length)
{
    static char frame[MAX_SENT_PAYLOAD + MAX_SENT_HEADER];
    if (length > MAX_SENT_PAYLOAD || client->stage == GONE)
        return;
    if (!write_whole(client->descriptor, frame, frames_encode(opcode, payload, length, frame)))
        give_up(client);
}

static void send_text(Client *client, const char *text)
{
    client_send(client, TEXT, text, strlen(text));
}

static void ask_for_upgrade(Client *client)
{
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(client->descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    char request[512];
    int length = snprintf(request, sizeof request,
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
        "Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c3BvdHRlci1iZW5jaG1hcg==\r\n\r\n",
        client->port, client->port);
    if (error || !write_whole(client->descriptor, request, (size_t)length)) {
        give_up(client);
        return;
    }
    client->stage = UPGRADING;
    watch(client, EPOLL_CTL_MOD, EPOLLIN);
}

// Returns how many of these bytes belong to the HTTP response.
static size_t read_response(Client *client, const char *bytes, size_t length)
{
    size_t before = client->response_length;
    size_t room = sizeof client->response - 1 - before;
    size_t taken = length < room ? length : room;
    memcpy(client->response + before, bytes, taken);
    client->response_length += taken;
    client->response[client->response_length] = 0;
    char *end = strstr(client->response, "\r\n\r\n");
    if (!end && taken == length)
        return length;
    if (!end || strncmp(client->response, "HTTP/1.1 101", 12) != 0) {
        fprintf(stderr, "load: no websocket: %.60s\n", client->response);
        give_up(client);
        return length;
    }
    client->stage = OPENING;
    return (size_t)(end + 4 - client->response) - before;
}

static void become_ready(Client *client, Nanoseconds when)
{
    client->stage = READY;
    client->bytes = client->messages = 0;
    listener->ready(client, when);
}

static void join_namespace(Client *client)
{
    char packet[1024];
    snprintf(packet, sizeof packet, "40%s", options->connect);
    client->stage = JOINING;
    client->waiting_for = (1u << options->wait_count) - 1;
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
    for (int i = 0; i < options->wait_count; i++)
        if (is_event(client->head, options->wait_for[i]))
            client->waiting_for &= ~(1u << i);
    if (client->stage == WAITING && !client->waiting_for)
        become_ready(client, when);
}

static void handle_ack(Client *client, Nanoseconds when)
{
    char *arguments;
    uint32_t number = (uint32_t)strtoul(client->head + 2, &arguments, 10);
    if (number)  // 0 is the answer to --hello
        listener->ack(client, number, arguments, when);
}

static void handle_joined(Client *client, Nanoseconds when)
{
    client->stage = WAITING;
    if (options->hello)
        send_text(client, options->hello);
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
        give_up(client);
    } else if (client->stage == JOINING || client->stage == WAITING)
        tick_off(client, when);
    else if (strncmp(packet, "43", 2) == 0 && client->stage == READY)
        handle_ack(client, when);
    else if (strncmp(packet, "42", 2) == 0 && client->stage == READY && client->found_any)
        listener->broadcast(client, when);
}

static void end_message(Client *client, Nanoseconds when)
{
    client->head[client->head_length] = 0;
    client->messages++;
    if (still_to_show > 0) {
        still_to_show--;
        fprintf(stderr, "%s: %s\n", client->writer < 0 ? "subscriber" : "writer", client->head);
    }
    if (client->frames.opcode == PING)
        client_send(client, PONG, client->head, client->head_length);
    else if (client->frames.opcode == TEXT)
        handle_packet(client, when);
    client->head_length = 0;
    client->in_marker = false;
    if (client->found_any)
        memset(client->found, 0, sizeof client->found);
    client->found_any = false;
}

static void note_marker(Client *client)
{
    unsigned long long run;
    unsigned writer, number;
    client->marker[client->marker_length] = 0;
    if (sscanf(client->marker, "%llu.%u.%u", &run, &writer, &number) != 3)
        return;
    if (run != run_number || writer < 1 || (int)writer > options->writers)
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

static void read_piece(Client *client, const Piece *piece)
{
    size_t room = sizeof client->head - 1 - client->head_length;
    size_t kept = piece->length < room ? piece->length : room;
    memcpy(client->head + client->head_length, piece->bytes, kept);
    client->head_length += kept;
    scan_for_markers(client, piece->bytes, piece->length);
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
            read_piece(client, &piece);
        if (piece.ends_message)
            end_message(client, when);
    }
}

static void read_bytes(Client *client, const char *bytes, size_t length)
{
    Nanoseconds when = now();
    if (client->stage == UPGRADING) {
        size_t used = read_response(client, bytes, length);
        bytes += used;
        length -= used;
    }
    if (length && client->stage != UPGRADING)
        read_frames(client, bytes, length, when);
}

void client_handle(Client *client)
{
    static char buffer[1 << 18];
    if (client->stage == CONNECTING) {
        ask_for_upgrade(client);
        return;
    }
    while (client->stage != GONE) {
        ssize_t length = recv(client->descriptor, buffer, sizeof buffer, 0);
        if (length < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (length <= 0) {
            give_up(client);
            return;
        }
        read_bytes(client, buffer, (size_t)length);
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
