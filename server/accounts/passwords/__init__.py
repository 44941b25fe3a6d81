"""How somebody comes to a password: the first admin's, the demo's, another of one's own, or by a link.

In come the events `set_password`, `reset_link` and `reset_password`, and the start of the server. Out go requests that
write an account's hash, and the lines that the operator is told.
"""
