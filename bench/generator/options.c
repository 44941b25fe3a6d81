#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char USAGE[] =
    "load: Socket.IO v4 over websocket, or PocketBase, measured from the client's side\n"
    "  --port A,B          server on 127.0.0.1; of several, each new client takes the next\n"
    "  --subscribers N     connections that only listen\n"
    "  --writers N         connections that write, and listen like the others\n"
    "  --in-flight K       writes under way per writer (1)\n"
    "  --wait-all          a writer's next write waits until every subscriber saw the last\n"
    "  --message TEXT      JSON array to emit; %writer% is 1, 2, ..., %marker% must come back\n"
    "  --first-message TEXT  what writer 1 emits instead; the others' times are told apart\n"
    "  --collection PATH   PocketBase's, such as /api/collections/coaches: --message is the body of a PATCH of the\n"
    "                      record with the writer's number, and an answer is the HTTP response\n"
    "  --good-ack TEXT     how the JSON of a successful ack starts\n"
    "  --connect JSON      auth object of the CONNECT packet\n"
    "  --hello TEXT        raw frame sent by each client once connected, e.g. 420[\"sync\",null]\n"
    "  --parts N           clients take turns: %part% in --hello is 1, 2, ..., N (1)\n"
    "  --wait-for A,B      events that make a client ready; 'ack' is the answer to --hello\n"
    "  --seconds S  --warmup S  --hold S  --deadline S\n"
    "  --at-once N         handshakes under way while connecting (32)\n"
    "  --stalled N         of the subscribers, so many stop reading once ready\n"
    "  --pids A,B          processes whose CPU time and memory are the server's\n"
    "  --label TEXT  --show N\n";

static void reject(const char *why)
{
    fprintf(stderr, "load: %s\n%s", why, USAGE);
    exit(2);
}

static void parse_ports(Options *options, char *list)
{
    for (char *item = strtok(list, ","); item; item = strtok(NULL, ",")) {
        if (options->port_count == MAX_PORTS)
            reject("too many ports in --port");
        options->ports[options->port_count++] = atoi(item);
    }
}

static void parse_processes(Options *options, char *list)
{
    for (char *item = strtok(list, ","); item; item = strtok(NULL, ",")) {
        if (options->process_count == MAX_PROCESSES)
            reject("too many --pids");
        options->processes[options->process_count++] = atoi(item);
    }
}

static void parse_events(Options *options, char *list)
{
    for (char *item = strtok(list, ","); item; item = strtok(NULL, ",")) {
        if (options->wait_count == MAX_EVENTS)
            reject("too many events in --wait-for");
        options->wait_for[options->wait_count++] = item;
    }
}

static void check(const Options *options)
{
    if (!options->port_count || options->ports[0] <= 0)
        reject("--port is required");
    if (options->writers < 0 || options->writers > MAX_WRITERS)
        reject("--writers must be 0 to 64");
    if (options->subscribers + options->writers <= 0)
        reject("there is nobody to connect");
    if (options->stalled < 0 || options->stalled > options->subscribers)
        reject("--stalled must not exceed --subscribers");
    if (options->writers && !options->message)
        reject("writers need a --message");
    if (options->collection && !strrchr(options->collection, '/'))
        reject("--collection is a path");
    if (options->in_flight < 1 || options->at_once < 1 || options->parts < 1)
        reject("--in-flight, --at-once and --parts start at 1");
}

Options options_parse(int argc, char **argv)
{
    Options options = {
        .in_flight = 1, .at_once = 32, .parts = 1, .seconds = 3, .warmup = 0.5, .deadline = 120,
        .label = "run", .good_ack = "[{\"ok\":true", .connect = "", .hello = NULL,
    };
    enum { PORT = 1, SUBSCRIBERS, WRITERS, IN_FLIGHT, WAIT_ALL, MESSAGE, GOOD_ACK, CONNECT, HELLO,
           WAIT_FOR, SECONDS, WARMUP, HOLD, DEADLINE, AT_ONCE, STALLED, PIDS, LABEL, SHOW, FIRST_MESSAGE, COLLECTION, PARTS };
    static const struct option names[] = {
        {"port", 1, 0, PORT}, {"subscribers", 1, 0, SUBSCRIBERS}, {"writers", 1, 0, WRITERS},
        {"in-flight", 1, 0, IN_FLIGHT}, {"wait-all", 0, 0, WAIT_ALL}, {"message", 1, 0, MESSAGE},
        {"good-ack", 1, 0, GOOD_ACK}, {"connect", 1, 0, CONNECT}, {"hello", 1, 0, HELLO},
        {"wait-for", 1, 0, WAIT_FOR}, {"seconds", 1, 0, SECONDS}, {"warmup", 1, 0, WARMUP},
        {"hold", 1, 0, HOLD}, {"deadline", 1, 0, DEADLINE}, {"at-once", 1, 0, AT_ONCE},
        {"stalled", 1, 0, STALLED}, {"pids", 1, 0, PIDS}, {"label", 1, 0, LABEL},
        {"show", 1, 0, SHOW}, {"first-message", 1, 0, FIRST_MESSAGE},
        {"collection", 1, 0, COLLECTION}, {"parts", 1, 0, PARTS}, {0},
    };
    for (int name; (name = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        switch (name) {
        case PORT: parse_ports(&options, optarg); break;
        case SUBSCRIBERS: options.subscribers = atoi(optarg); break;
        case WRITERS: options.writers = atoi(optarg); break;
        case IN_FLIGHT: options.in_flight = atoi(optarg); break;
        case WAIT_ALL: options.wait_all = true; break;
        case MESSAGE: options.message = optarg; break;
        case FIRST_MESSAGE: options.first_message = optarg; break;
        case COLLECTION: options.collection = optarg; break;
        case GOOD_ACK: options.good_ack = optarg; break;
        case CONNECT: options.connect = optarg; break;
        case HELLO: options.hello = optarg; break;
        case PARTS: options.parts = atoi(optarg); break;
        case WAIT_FOR: parse_events(&options, optarg); break;
        case SECONDS: options.seconds = atof(optarg); break;
        case WARMUP: options.warmup = atof(optarg); break;
        case HOLD: options.hold = atof(optarg); break;
        case DEADLINE: options.deadline = atof(optarg); break;
        case AT_ONCE: options.at_once = atoi(optarg); break;
        case STALLED: options.stalled = atoi(optarg); break;
        case PIDS: parse_processes(&options, optarg); break;
        case LABEL: options.label = optarg; break;
        case SHOW: options.show = atoi(optarg); break;
        default: reject("unknown argument");
        }
    }
    if (optind < argc)
        reject("unknown argument");
    check(&options);
    return options;
}
