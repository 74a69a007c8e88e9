"""Names for the arrays that the engine passes around, and division where the divisor may be 0."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]
type Flags = NDArray[np.bool_]


def divide(part: ArrayLike, whole: ArrayLike, *, otherwise: float) -> Floats:
    """part / whole by elements, and `otherwise` where `whole` is 0 or less.

    Examples
    --------
    >>> divide([1, 0], [4, 0], otherwise=0)
    array([0.25, 0.  ])
    """
    parts, wholes = np.broadcast_arrays(np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64))
    result = np.full(parts.shape, float(otherwise))
    np.divide(parts, wholes, out=result, where=wholes > 0)
    return result
