// Socket.IO v4 over websocket.
#ifndef SOCKETIO_H
#define SOCKETIO_H

#include "client.h"

extern const Wire SOCKETIO;

#endif
