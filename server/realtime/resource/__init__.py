"""What a resource is: its declaration, fields, relations, rows, and who may read and write it.

In: a model, a schema and one `Resource(...)`; validated values for a row. Out: events, channel, records as they are
sent, statements, refusals that name fields.
"""
