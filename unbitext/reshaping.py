"""Moving the boundaries of blocks and sentences without losing a character.

The ids of what is not touched stay. The second part of a split block takes the id of the first with `-2` behind it;
a merged block keeps the first one's. Sentences count anew in a block that is touched. What is cut keeps the
place on the page of the whole: where in its lines the cut falls is not known any more.
"""

from collections.abc import Sequence

from parsers.joining import Words, join_lines
from schemas.document import Block, Document, Reference, Sentence


class NoFitError(Exception):
    """What is asked for does not fit the document; the message says why."""


def find_block(document: Document, identifier: str) -> int:
    """Give the position of the block with this id. Raises `NoFitError` where there is none."""
    for index, block in enumerate(document.blocks):
        if block.id == identifier:
            return index
    raise NoFitError("the document has no such id")


def replace_block(document: Document, index: int, *blocks: Block) -> Document:
    """Put these blocks in the place of one."""
    return document.model_copy(
        update={"blocks": (*document.blocks[:index], *blocks, *document.blocks[index + 1 :])},
    )


def split_block(document: Document, index: int, words: str) -> Document:
    """Split a block before these words, which its text holds once and does not begin with.

    The second part is of the same kind, without label and number; the marks of footnotes go with their part.
    """
    block = document.blocks[index]
    cut = _find_once(block.text, words)
    head, tail = block.text[:cut].rstrip(), block.text[cut:]
    place = _place_in_orig(block.orig, tail)
    ends = [sentence.end for sentence in block.sentences]
    first = block.model_copy(
        update={
            "text": head,
            "orig": block.orig[:place],
            "refs": tuple(ref for ref in block.refs if ref.offset <= len(head)),
            "sentences": _sentences(
                block.id, head, [end for end in ends if end < len(head)] if ends else None, block.sentences
            ),
        }
    )
    identifier = _free_id(document, block.id)
    second = block.model_copy(
        update={
            "id": identifier,
            "label": None,
            "number": None,
            "text": tail,
            "orig": block.orig[place:],
            "refs": _moved([ref for ref in block.refs if ref.offset > len(head)], -cut),
            "sentences": _sentences(
                identifier,
                tail,
                [end - cut for end in ends if end > cut] if ends else None,
                _shifted(block.sentences, -cut),
            ),
        }
    )
    return replace_block(document, index, first, second)


def following_block(document: Document, index: int) -> int:
    """Give the position of the next block of the same kind of text: a note interrupts a paragraph, and is skipped."""
    note = document.blocks[index].kind == "footnote"
    for later in range(index + 1, len(document.blocks)):
        if (document.blocks[later].kind == "footnote") == note:
            return later
    raise NoFitError("nothing follows it")


def merge_blocks(document: Document, index: int) -> Document:
    """Join a block and the one that follows; what stood between them (notes) comes after. Labels go into the text."""
    later = following_block(document, index)
    first, second = document.blocks[index], document.blocks[later]
    if second.turn != first.turn:
        raise NoFitError("what follows begins a turn")
    if first.rows is not None or second.rows is not None:
        raise NoFitError("a table cannot be joined")
    added = f"{second.label} {second.text}" if second.label else second.text
    text = join_lines((first.text, added), document.meta.language or "en", Words(())).text
    shift = len(text) - len(second.text)
    ends = [sentence.end for sentence in first.sentences] + [sentence.end + shift for sentence in second.sentences]
    if first.sentences and first.sentences[-1].end == len(first.text) and not second.sentences:
        ends.append(len(text))
    merged = first.model_copy(
        update={
            "text": text,
            "orig": f"{first.orig.rstrip()}\n{second.orig}" if first.orig.strip() else second.orig,
            "refs": first.refs + _moved(second.refs, shift),
            "sentences": _sentences(
                first.id, text, ends or None, (*first.sentences, *_shifted(second.sentences, shift))
            ),
            "boxes": first.boxes + second.boxes,
        }
    )
    blocks = (*document.blocks[:index], merged, *document.blocks[index + 1 : later], *document.blocks[later + 1 :])
    return document.model_copy(update={"blocks": tuple(_redirected(block, second.id, first.id) for block in blocks)})


def split_sentence(block: Block, number: int, words: str) -> Block:
    """Split a sentence (by its place, from 0) before these words, which it holds once and does not begin with."""
    sentence = block.sentences[number]
    cut = sentence.start + _find_once(sentence.text, words)
    return _with_ends(block, [cut, *(other.end for other in block.sentences)])


def merge_sentences(block: Block, number: int) -> Block:
    """Join a sentence (by its place, from 0) and the next of its block."""
    return _with_ends(block, [sentence.end for place, sentence in enumerate(block.sentences) if place != number])


def take_prefix_off(block: Block, length: int) -> Block:
    """Take the first characters, a label, off the text of a block; `orig` keeps them."""
    text = block.text[length:]
    ends = [sentence.end - length for sentence in block.sentences if sentence.end > length]
    return block.model_copy(
        update={
            "text": text,
            "refs": tuple(ref.model_copy(update={"offset": max(0, ref.offset - length)}) for ref in block.refs),
            "sentences": _sentences(block.id, text, ends or None, _shifted(block.sentences, -length)),
        }
    )


def _with_ends(block: Block, ends: Sequence[int]) -> Block:
    return block.model_copy(update={"sentences": _sentences(block.id, block.text, ends, block.sentences)})


def _find_once(text: str, words: str) -> int:
    if text.count(words) != 1:
        raise NoFitError(f"its text holds {words!r} {text.count(words)} times, not once")
    cut = text.index(words)
    if cut == 0:
        raise NoFitError(f"its text begins with {words!r} already")
    return cut


def _place_in_orig(orig: str, tail: str) -> int:
    """Find where `tail`, which ends the text of a block, begins in its `orig`.

    From the end backwards: `orig` has all characters of the text in their order, and marks, labels and white space that
    the text has not. A mark at the boundary thus stays with what it follows.
    """
    place = len(orig)
    for character in reversed("".join(tail.split())):
        place = orig.rfind(character, 0, place)
        if place < 0:
            raise NoFitError("its characters as read do not hold its text")
    return place


def _sentences(
    identifier: str, text: str, ends: Sequence[int] | None, former: Sequence[Sentence]
) -> tuple[Sentence, ...]:
    """Cut a text at these ends; each sentence has the place of the former ones (offsets as in `text`) it holds of."""
    if ends is None:
        return ()
    sentences: list[Sentence] = []
    start = 0
    for end in sorted({*ends, len(text)}):
        piece = text[start:end]
        if piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            stop = start + len(piece.rstrip())
            whole = [one for one in former if one.start < stop and begin < one.end]
            sentences.append(
                Sentence(
                    id=f"{identifier}.s{len(sentences) + 1}",
                    start=begin,
                    end=stop,
                    text=text[begin:stop],
                    page=whole[0].page if whole else None,
                    boxes=tuple(dict.fromkeys(box for one in whole for box in one.boxes)),
                )
            )
        start = end
    return tuple(sentences)


def _shifted(sentences: Sequence[Sentence], shift: int) -> tuple[Sentence, ...]:
    return tuple(one.model_copy(update={"start": one.start + shift, "end": one.end + shift}) for one in sentences)


def _moved(refs: Sequence[Reference], shift: int) -> tuple[Reference, ...]:
    return tuple(ref.model_copy(update={"offset": ref.offset + shift}) for ref in refs)


def _redirected(block: Block, gone: str, kept: str) -> Block:
    parent = kept if block.parent == gone else block.parent
    refs = tuple(ref.model_copy(update={"note": kept}) if ref.note == gone else ref for ref in block.refs)
    if parent == block.parent and refs == block.refs:
        return block
    return block.model_copy(update={"parent": parent, "refs": refs})


def _free_id(document: Document, identifier: str) -> str:
    taken = {block.id for block in document.blocks}
    number = 2
    while f"{identifier}-{number}" in taken:
        number += 1
    return f"{identifier}-{number}"
