"""What a request consists of: JSON, arguments, ack, errors, caller, and its line in the audit.

In and out: plain values. Imports nothing else of `realtime`.
"""
