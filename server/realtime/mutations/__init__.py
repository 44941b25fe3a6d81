"""What clients write: parse, authorize, replay a known op, apply, append, commit.

In: an event that writes, with its payload and opts. Out: one commit in the `journal` and one ack, or a refusal and no
trace. `mutation.py` is the page to begin with.
"""
