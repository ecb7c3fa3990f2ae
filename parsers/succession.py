"""Which labels may come next: a number at the start of a line is a label in its sequence only."""

from parsers.labels import HEADING_KINDS, ITEM_KINDS, Label, LabelKind, position


class Succession:
    """The labels of one text so far: the last paragraph number, and the last item of each kind under it."""

    def __init__(self) -> None:
        self.number = 0
        self._outer = 0
        self._items: dict[LabelKind, Label] = {}

    def restart(self) -> None:
        """Begin a division: its sequences are its own."""
        self.number = self._outer = 0
        self._items.clear()

    def add(self, label: Label) -> None:
        """Take note of a label."""
        if label.kind is LabelKind.ARABIC:
            number = int(label.number)
            if number == 1 and self.number:
                # An agenda or another list inside a paragraph: the numbers of paragraphs go on behind it.
                self._outer = self.number
            self.number = number
            self._items.clear()
        elif label.kind in ITEM_KINDS:
            kinds = self._kinds(label)
            following = next((kind for kind in kinds if self._follows(label, kind)), kinds[0])
            self._items[following] = label

    def expects(self, label: Label) -> bool:
        """Whether `label` begins a sequence or goes on with one that is open; headings are not counted."""
        place = position(label.number, label.kind)
        if label.kind is LabelKind.ARABIC:
            return place in (1, self.number + 1) or (self._outer > 0 and place == self._outer + 1)
        if label.kind in HEADING_KINDS or place == 1:
            return True
        return any(self._follows(label, kind) for kind in self._kinds(label))

    def _kinds(self, label: Label) -> list[LabelKind]:
        """`(i)` is Roman by its shape, and the letter after (h) where the sequence says so."""
        if label.kind is LabelKind.SMALL_ROMAN and len(label.number) == 1:
            return [LabelKind.SMALL_ROMAN, LabelKind.LETTER]
        return [label.kind]

    def _follows(self, label: Label, kind: LabelKind) -> bool:
        last = self._items.get(kind)
        return last is not None and position(label.number, kind) == (position(last.number, kind) or 0) + 1
