"""Records over Socket.IO: requests become commits of one journal, and every client is brought up to date from it.

Knows nothing of gyms. Nine rooms, in the order of a request: `gateway`, then `queries`, `mutations` or `presence`, on
`journal` and `transport`, on `resource`, on `protocol`. docs/architecture.md walks one write through them.
"""
