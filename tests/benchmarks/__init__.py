"""``python -m tests.benchmarks``: the cost beside the physical limit and the peers, in one run."""
