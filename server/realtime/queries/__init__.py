"""What clients read: the publisher after each commit, `sync`, `get_*`, `list_*`, `history`, `refresh`.

In: commits and state of the `journal`, a client and its view. Out: frames on `transport`, and acks. A new kind
of read goes here. Nothing here writes.
"""
