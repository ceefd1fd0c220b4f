"""Quantiles of counts that vary more than Poisson counts."""

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

DISPERSION_MIN = 1e-9
"""Less than this is Poisson for every purpose."""


def negative_binomial_quantile(share: float, mean: F64, dispersion: F64) -> I64:
    """Return the smallest counts that are not exceeded with a probability.

    A count of this mean and variance `mean + dispersion * mean**2`. Found by halving on the
    distribution function, a regularized incomplete beta function (Johnson, Kemp and Kotz 2005,
    section 5.6).

    Parameters
    ----------
    share : float
        0 < share < 1.
    mean, dispersion : array of float, of one shape
        At least 0.
    """
    shape = 1.0 / np.maximum(dispersion, DISPERSION_MIN)
    success = shape / (shape + mean)
    deviation = np.sqrt(mean + dispersion * mean**2)
    low = np.full(np.shape(mean), -1, np.int64)
    high = np.ceil(mean + 60.0 * (1.0 + deviation)).astype(np.int64)
    while (high - low > 1).any():
        middle = (low + high) // 2
        enough = betainc(shape, middle + 1.0, success) >= share
        high = np.where(enough, middle, high)
        low = np.where(enough, low, middle)
    return high
