"""The nouns of the wire: JSON, the arguments of an event, ack, errors, caller, and the audit line.

In and out: plain values. Imports nothing else of `realtime`.
"""
