"""Larson's hypercube queueing model with zero line capacity, solved exactly."""

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]


def hypercube(rates: F64, order: list[list[int]]) -> tuple[F64, float, F64]:
    """Solve the steady state over all sets of busy units.

    Larson 1974, "A hypercube queuing model for facility location and redistricting in urban
    emergency services", Computers & Operations Research 1. Calls from place p come at `rates[p]`
    for each mean service time, go to the first free unit of `order[p]`, and are lost when none is.

    Returns
    -------
    busy : (units,)
        Share of the time that each is busy.
    lost : float
        Share of calls lost.
    sent : (places, units)
        Calls from each place to each unit for each mean service time.
    """
    units = len(order[0])
    states = 1 << units
    flow = np.zeros((states, states))
    target = np.full((states, len(rates)), -1)
    for state in range(states):
        for place, rate in enumerate(rates.tolist()):
            free = [unit for unit in order[place] if not state >> unit & 1]
            if free:
                target[state, place] = free[0]
                flow[state, state | 1 << free[0]] += rate
        for unit in range(units):
            if state >> unit & 1:
                flow[state, state & ~(1 << unit)] += 1.0
    balance = (flow - np.diag(flow.sum(axis=1))).T
    balance[-1] = 1.0
    steady = np.linalg.solve(balance, np.eye(states)[-1])
    bits = (np.arange(states)[:, None] >> np.arange(units)) & 1
    sent = np.zeros((len(rates), units))
    for state in range(states - 1):
        for place, rate in enumerate(rates.tolist()):
            sent[place, target[state, place]] += rate * steady[state]
    return steady @ bits, float(steady[-1]), sent
