"""From frames to calls, with exactly one ack each; and what the server says of itself.

In: events of connected clients. Out: a Request for `mutations`, a call of a service (`queries`, `presence`), an ack.
Also here: who is connected, the metrics, and the AsyncAPI document made of what is served.
"""
