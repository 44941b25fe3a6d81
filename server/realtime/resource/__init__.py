"""A resource: its declaration, fields, relations and rows, and which callers may read and write it.

In: a model, a schema and one `Resource(...)`; payloads. Out: events, a channel, validated values, records as they are
sent, refusals that name fields.
"""
