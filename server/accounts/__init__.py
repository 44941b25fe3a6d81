"""Sign-in, tokens, roles: who a caller is and what it may do.

In: usernames, passwords, tokens. Out: callers and rights for `realtime`, and the events of accounts.
"""
