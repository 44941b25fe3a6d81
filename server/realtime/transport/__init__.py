"""Websockets: reading at a bounded rate, and sending without waiting.

In: bytes of clients; frames for them. Out: messages for the `gateway`, one at a time and no faster than the limits
allow; bytes for clients, with a bounded backlog.
"""
