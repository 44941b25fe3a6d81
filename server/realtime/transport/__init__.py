"""Websockets: what is read, how fast, and what waits to be sent.

In: bytes of clients; frames for them. Out: messages for the `gateway`, one at a time and no faster than the limits
allow; bytes for clients, with a bounded backlog.
"""
