"""Which records of a resource, and in what order: the same in SQL on both databases and over records in memory.

In: `where`, `order`, `limit` and `after` as clients write them. Out: a checked filter, a condition of SQL, a function
of a record, a statement, a part of a list and the cursor of the next; refusals that name what does not fit.
"""
