"""From packets to calls, with exactly one ack for each request; and descriptions of what is served.

In: events of connected clients. Out: a Request for `mutations`, a call of a service (`queries`, `presence`), an ack.
Also here: the connected clients, the metrics, and the AsyncAPI document.
"""
