"""What is measured, and against whom: `anlan bench --list`, `anlan bench NAME --json out.json`.

Each module has one function `run(full: bool) -> list[Row]`. Every figure stands beside a peer that
does the same with less around it, on the same machine in the same minute, since the ratio of the
two says more than either: machines differ, and are shared.
"""

BENCHMARKS = {
    "routing": "travel times and ranking of 500 units in process, beside SciPy's Dijkstra",
    "recommendation": "a recommendation over HTTP with 500 units, beside SciPy's Dijkstra alone",
    "reports": "reports acknowledged by 8 and 32 clients, beside the same rows by bare SQL",
    "row_security": "lists under row-level security, beside the owner with the area in the query",
    "trust": "reports and cases with the audit log's triggers, beside the same without",
    "screen": "from commit to 50 screens, beside one NOTIFY in the transaction",
    "live_map": "20,000 moving units on the console's map, beside one source set each frame",
    "console": "the console's start, and hands on it while 500 units move, in Chromium",
    "memory": "memory of each process, idle and after load, beside a Python with the same imports",
    "dispatch": "the desk in its peak hour and at ten times that, with 50 consoles and 500 units",
    "casework": "cases filed at 64 a second, lists and the nightly evaluation over ever more cases",
    "startup": "first and second start until ready, beside the embedded PostgreSQL alone",
    "engine": "all that follows: the engine's jobs, beside their peers in the same run",
    "engine.hierarchy": "travel times on New York and on a million nodes, beside SciPy",
    "engine.roads": "from an extract to the first answer on Porto, beside SciPy and OSRM",
    "engine.units": "rankings, run cards, batches, beside SciPy's assignment",
    "engine.coverage": "posts placed and proved, beside HiGHS alone",
    "engine.cordon": "least cordons on New York, beside SciPy's maximum flow",
    "engine.patrol": "patrol plans and published instances, beside PyVRP alone",
    "engine.simulation": "calls simulated a second, and postures compared, beside simpy",
}
