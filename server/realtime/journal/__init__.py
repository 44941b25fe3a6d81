"""The ordered, durable log of commits, and the state that follows from it.

In: commits of this process (`append`) and of others (`follower`), data written past the server (`reconcile`). Out:
the newest state in memory, the commits to publish, and what changed since a cursor.
"""
