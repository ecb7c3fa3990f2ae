"""Models of sentences by sentence-transformers, which is an extra: `pip install unbitext[embeddings]`."""

# ruff: noqa: PLC0415 - the extra may be absent, and takes seconds to import where it is there

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MISSING = "embeddings need sentence-transformers, an extra: pip install 'unbitext[embeddings]'"


class SentenceModelError(ValueError):
    """A model that cannot be used; the message says why and what to do."""


class SentenceModel:
    """An `Encoder` (unbitext/align/embedding.py) over a model of sentence-transformers."""

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
        self._model = model
        self._name = name

    @property
    def signature(self) -> str:
        """The model's name and the beginning of a hash of its weights: a model that was trained on has another."""
        total = sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            total.update(key.encode() + tensor.detach().cpu().float().numpy().tobytes())
        return f"{self._name}:{total.hexdigest()[:12]}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Encoder.encode`."""
        return np.asarray(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32)


def load_sentence_model(name: str) -> SentenceModel:
    """Load a model from a folder, or by a name that sentence-transformers knows (which downloads it).

    Raises `SentenceModelError` where the extra is absent or the model cannot be loaded.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise SentenceModelError(MISSING) from error
    try:
        model = SentenceTransformer(name, device="cpu")
    except (OSError, ValueError, KeyError) as error:
        raise SentenceModelError(f"{name}: not a model of sentence-transformers ({error})") from error
    return SentenceModel(model, Path(name).name.replace("|", "-"))
