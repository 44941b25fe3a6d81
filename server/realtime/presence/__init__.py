"""Who is connected and who edits which record, across all processes.

In: clients that come, go or say what they edit; the lists of other processes over the bus. Out: `presence` frames.
Advisory: nothing is stored, and no write waits for it.
"""
