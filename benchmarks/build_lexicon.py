"""Rebuild the lexicon that ships, from the development set of the United Nations Parallel Corpus 1.0.

    python benchmarks/build_lexicon.py FOLDER_WITH_UNv1.0.devset.* [--languages zh en] [--out FILE]

Only statistics are written. The other official languages need no more than their lines: `--languages fr en`.
"""

import argparse
from pathlib import Path

from unbitext.align.lexicon import learn_lexicon, save_lexicon


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", nargs=2, default=["zh", "en"], metavar=("SOURCE", "TARGET"))
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    source, target = arguments.languages
    texts = [
        (arguments.folder / f"UNv1.0.devset.{language}").read_text(encoding="utf-8").rstrip("\n").split("\n")
        for language in (source, target)
    ]
    pairs = list(zip(*texts, strict=True))
    provenance = (
        f"Learned from the development set of the United Nations Parallel Corpus 1.0, {source}-{target}: "
        f"{len(pairs)} sentence pairs.",
        "IBM Model 1 in both directions, trained to agree; statistics only, no text.",
        f"Rebuilt by: python benchmarks/build_lexicon.py FOLDER --languages {source} {target}",
    )
    root = Path(__file__).resolve().parents[1]
    out = arguments.out or root / "unbitext" / "align" / f"lexicon_{source}-{target}.tsv.gz"
    lexicon = learn_lexicon(pairs, provenance, languages=(source, target))
    save_lexicon(lexicon, out)
    print(f"{out.name}: {len(lexicon)} pairs of terms, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
