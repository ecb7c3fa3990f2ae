"""A small search over the aligner's parameters: one coordinate after the other, on a ladder of values for each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from statistics import median_low

from unbitext.align.parameters import Parameters, Shape


@dataclass(frozen=True, order=True)
class Setting:
    """What is searched for; the names are those of `Parameters` but for the prices.

    `empty` is the price of a bead with an empty side, `merge` what the prices of all others but 1-1 are multiplied by.
    """

    empty: float
    empty_letter: float
    unexplained: float
    merge: float
    document_weight: float
    temperature: float

    def __str__(self) -> str:
        return ", ".join(f"{field.name} {getattr(self, field.name):g}" for field in fields(self))


LADDERS: dict[str, tuple[float, ...]] = {
    "empty": (2.4, 2.8, 3.2, 3.6, 4.0, 4.4, 4.8),
    "empty_letter": (0.035, 0.045, 0.055, 0.065, 0.08),
    "unexplained": (0.28, 0.32, 0.37, 0.42, 0.48),
    "merge": (0.8, 0.9, 1.0, 1.1, 1.2),
    "document_weight": (0.5, 1.0, 2.0, 4.0, 8.0),
    "temperature": (1.0, 1.5, 2.0, 3.0, 4.0),
}
"""Values for each, from low to high; the shipped one need not be among them."""

OF_THE_PATH = ("empty", "merge", "unexplained", "empty_letter", "document_weight")
"""Those that change the path, in the order of the search; the temperature changes the scores alone."""

LEAST_GAIN = 0.0003
"""A smaller gain is less than one link of the larger files."""


def shipped_setting() -> Setting:
    """The setting of the parameters that ship."""
    ours = Parameters()
    return Setting(
        empty=ours.prices[1, 0],
        empty_letter=ours.empty_letter,
        unexplained=ours.unexplained,
        merge=1.0,
        document_weight=ours.document_weight,
        temperature=ours.temperature,
    )


def parameters_of(setting: Setting) -> Parameters:
    """The shipped parameters with what the setting changes in them."""
    ours = Parameters()
    return replace(
        ours,
        prices={shape: _price(shape, price, setting) for shape, price in ours.prices.items()},
        empty_letter=setting.empty_letter,
        unexplained=setting.unexplained,
        document_weight=setting.document_weight,
        temperature=setting.temperature,
    )


def _price(shape: Shape, price: float, setting: Setting) -> float:
    return setting.empty if 0 in shape else price * setting.merge


def neighbours(setting: Setting, name: str) -> list[Setting]:
    """The setting with the next lower and the next higher value of one coordinate."""
    now = getattr(setting, name)
    lower = [value for value in LADDERS[name] if value < now][-1:]
    higher = [value for value in LADDERS[name] if value > now][:1]
    return [replace(setting, **{name: value}) for value in (*lower, *higher)]


Prepare = Callable[[Iterable[Setting]], bool]
"""Measures some settings before they are asked for; False where that would be more than the search may measure."""


def search(
    folds: Sequence[str],
    start: Setting,
    objective: Callable[[str, Setting], float],
    prepare: Prepare,
    rounds: int = 2,
) -> dict[str, Setting]:
    """For each fold the setting with the greatest objective that was found, all folds going along one coordinate.

    A fold goes on in the direction that gains `LEAST_GAIN`, as far as it gains. Ends after `rounds` over all
    coordinates, earlier where no fold moves any more or `prepare` says that enough was measured.
    """
    best = dict.fromkeys(folds, start)
    if not prepare([start]):
        return best
    for _ in range(rounds):
        before = dict(best)
        for name in OF_THE_PATH:
            moving = list(folds)
            while moving:
                wanted = {fold: neighbours(best[fold], name) for fold in moving}
                if not prepare(dict.fromkeys(setting for near in wanted.values() for setting in near)):
                    return best
                moved = []
                for fold in moving:
                    first = max(wanted[fold], key=lambda setting: objective(fold, setting))
                    if objective(fold, first) >= objective(fold, best[fold]) + LEAST_GAIN:
                        best[fold] = first
                        moved.append(fold)
                moving = moved
        if best == before:
            break
    return best


def consensus(settings: Sequence[Setting]) -> Setting:
    """Each coordinate's middle value (of an even number the lower one)."""
    names = [field.name for field in fields(Setting)]
    return Setting(**{name: median_low([getattr(setting, name) for setting in settings]) for name in names})
