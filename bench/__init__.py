"""The benchmarks: our server beside its peers, on one machine, in one alternating run."""
