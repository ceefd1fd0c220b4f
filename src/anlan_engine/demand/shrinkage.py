"""Borrow strength: pull counts that tell little towards what is expected of them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]

SHAPE_MAX = 1e6
"""More alike than this is the same."""

LEAST = 1e-300


class Shrunk(NamedTuple):
    """Ratios of what is to what was expected, each with a Gamma posterior.

    Attributes
    ----------
    ratio : array of float
        Posterior means.
    shape : array of float
        Posterior shapes; 1 / shape is the squared relative uncertainty.
    """

    ratio: F64
    shape: F64


def shrink(counts: F64, expected: F64) -> Shrunk:
    """Estimate the ratio of counts to expected counts, empirical Bayes.

    Counts are Poisson with mean `expected * ratio`, and the ratios Gamma with mean 1; the posterior
    mean is (prior + count) / (prior + expected): with few expected calls it stays near 1, with many
    it follows the count (Clayton and Kaldor 1987, Biometrics 43, section 3.1; their moment estimate
    of the prior, section 3.1.1, in the closed form of Marshall 1991, Applied Statistics 40).

    Parameters
    ----------
    counts, expected : array of float, shape (N,) or (N, A)
        At least 0; counts may be discounted, and so need not be whole. Each column has a prior of
        its own.

    Returns
    -------
    Shrunk
    """
    beyond = np.where(
        expected > 0, ((counts - expected) ** 2 - counts) / np.maximum(expected, LEAST), 0.0
    )
    variance = beyond.sum(axis=0) / np.maximum(expected.sum(axis=0), LEAST)
    prior = 1.0 / np.clip(variance, 1.0 / SHAPE_MAX, SHAPE_MAX)
    return Shrunk((prior + counts) / (prior + expected), prior + counts)
