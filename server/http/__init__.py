"""The HTTP side: the page, headers, probes, metrics, exports and the calendar.

In: HTTP requests. Out: responses made of the built client and of the state in memory. Nothing here writes.
"""
