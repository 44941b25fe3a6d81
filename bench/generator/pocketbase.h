// PocketBase: subscribers read server-sent events, writers send PATCH requests on a connection that stays.
// A writer does not listen.
#ifndef POCKETBASE_H
#define POCKETBASE_H

#include "client.h"

extern const Wire POCKETBASE;

#endif
