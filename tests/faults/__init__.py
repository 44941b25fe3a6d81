"""The fault campaign: a program that attacks what is promised, and knows nothing of how it is kept.

`workload` is many clients that write and note what they sent and received (`history`). `campaign` does harm meanwhile.
`checks` reads the history and the database at the end, and nothing else. `planted` has faults for the campaign to find.
"""
