"""Names of the array types that the engine hands around."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

type Vectors = NDArray[np.float32]  # (texts, dimensions), each row of length 1, or all 0 for a text without words
type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]
type Flags = NDArray[np.bool_]
type Ids = NDArray[np.int64]
type AnyArray = NDArray[Any]
