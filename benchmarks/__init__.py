"""Benchmarks: each prints rows beside a peer measured in the same run. `./anlan bench --list`."""
