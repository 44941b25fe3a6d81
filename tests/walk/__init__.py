"""docs/operations.md, walked from its first line to its last on a fresh Debian 12: `make walk`, as root.

It is no part of `make test`: it takes ten to twenty minutes, root, and Debian's packages. `debian.py` is the machine,
`steps.py` what an operator does with each block of the page.
"""
