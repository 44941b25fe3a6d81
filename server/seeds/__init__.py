"""The demo gym, or one of any size.

In: an empty database. Out: rows of every resource in one transaction, reconciled with the journal.
"""
