"""What is measured, and against whom: `anlan bench --list`, `anlan bench NAME --json out.json`.

Each module has one function `run(full: bool) -> list[Row]`. Every figure stands beside a peer that
does the same with less around it, on the same machine in the same minute, since the ratio of the
two says more than either: machines differ, and are shared.
"""

BENCHMARKS = {
    "routing": "travel times and ranking of 500 units in process, beside SciPy's Dijkstra",
    "recommendation": "a recommendation over HTTP with 500 units, beside SciPy's Dijkstra alone",
    "reports": "reports acknowledged by 8 and 32 clients, beside the same rows by bare SQL",
    "screen": "from commit to 50 screens, beside one NOTIFY in the transaction",
    "memory": "memory of each process, idle and after load, beside a Python with the same imports",
    "startup": "first and second start until ready, beside the embedded PostgreSQL alone",
}
