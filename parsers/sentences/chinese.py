"""Sentences of Chinese as the United Nations prints it.

Conventions (GB/T 15834-2011, and the usage of the United Nations' Chinese documents):

- A sentence ends at 。？！ with the closing quotes and brackets that follow; never at ；：， or ……. Stops in a row
  (`。。`, `？！`) belong together.
- `他说：“好。”然后走了。` is two sentences: with the full stop inside the quotation, the sentence around it ends there
  (were it to go on, the stop would be left out). It does go on before a comma and the like, and before a particle
  that never begins a sentence (`“……。”的规定`); and after ？ or ！ of a quotation that no colon or comma introduces,
  before a word that takes the quotation up (`“为什么？”这一问题`).
- What stands in 《》 is a title, whatever its punctuation. A short bracket is never cut, and one in mid-sentence that
  ends in ？ or ！ does not end the sentence around it.
- A full stop typed in half width (`.`, or `．`) ends a sentence where a Han character stands before it, but not inside
  a quotation, after an enumerator (`二．`), or between the parts of a foreign name (`约翰．史密斯`). After a Latin
  letter or a figure it ends none (`NPT.`, `U.S.`, `3.5`).
"""

import re
from collections.abc import Iterator

from parsers.sentences.enclosures import CLOSING, Enclosures
from parsers.sentences.english import english_boundaries

_LIMIT = 120
"""A bracket or quotation of up to so many characters counts as short."""

_FULL_STOPS = "。？！｡?!‼⁇⁈⁉"
_POINTS = ".．"
_STOP = re.compile(f"[{_FULL_STOPS}{_POINTS}]")
_TRAIL = frozenset(_FULL_STOPS + _POINTS + "…" + CLOSING + "'¹²³⁰⁴⁵⁶⁷⁸⁹")
_BIND = frozenset("，、；：,;:—―…·" + _FULL_STOPS + _POINTS + CLOSING)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇]")
_SPACE = re.compile(r"\s*")

# Words that begin no sentence when they stand against a closing quote or bracket.
_PARTICLE = re.compile(r"的|等(?!待|到|候)|之(?!后|前|所)|一[词语文节章条段句事案题类点]|者|时(?![代间至局])|云云")
# Words that take up the question or exclamation just quoted.
_TAKES_UP = re.compile("[这那此一为和与及或是]|作为|以及")
_ENUMERATOR = re.compile(
    r"\s*[(（]?(?:附件|附录|附表|表|图)?(?:[一二三四五六七八九十百]{1,5}|第[一二三四五六七八九十百\d]{1,5}(?:部分|[章节条编款项]))[)）]?"
)
# The characters that transcribe foreign names (Xinhua's tables), less those that often begin a sentence.
_TRANSCRIBING = frozenset(
    "阿埃艾爱安奥巴柏班邦包鲍贝比彼宾波伯博布策茨查彻达戴丹道德登邓迪丁杜多厄恩尔法范菲费芬弗福夫富盖甘冈戈格根贡古瓜圭"
    "哈海汉豪赫亨洪胡华惠霍基吉加贾简姜杰金津卡凯坎考科克肯孔库夸奎昆拉莱赖兰朗劳勒雷黎里利莉连列林龙隆卢鲁伦罗洛吕"
    "马玛迈麦曼芒毛梅门蒙米密莫墨默姆穆娜纳奈瑙内尼涅宁纽努诺欧帕派潘庞佩彭皮匹珀普齐奇恰乔切钦琼丘热荣茹瑞撒萨塞赛桑"
    "瑟森沙莎珊绍舍申圣施什史舒斯朔丝松苏索塔泰坦唐陶特滕提蒂廷图托瓦旺韦维魏温翁沃乌西希锡夏肖谢辛欣雄休雅亚扬耶叶"
    "伊英尤约赞泽扎詹哲珍芝朱珠卓兹佐翰威顿逊娅莲黛缪理卫迦芙达"
)


def chinese_boundaries(text: str) -> Iterator[int]:
    """Give the offsets after which a new sentence begins, in order, the end of the text not among them.

    A text without any Han character (a citation, a title left in English) is split as English.
    """
    if _HAN.search(text) is None:
        yield from english_boundaries(text)
        return
    marks = _Marks(text)
    start = end = 0
    for match in _STOP.finditer(text):
        stop = match.start()
        if stop < end:
            continue
        end = marks.reach(stop)
        if marks.ends(start, stop, end):
            yield end
            start = end


class _Marks:
    """The punctuation of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.enclosures = Enclosures(text, _LIMIT, self._goes_on)
        # A straight quote closes if one is open; the last thing in a text closes, whatever its number.
        quotes = [match.start() for match in re.finditer('"', text)]
        last = len(text.rstrip("\"'" + CLOSING))
        self.closing = {place for number, place in enumerate(quotes) if number % 2 or place >= last > 0}

    def reach(self, stop: int) -> int:
        """Where the stops and closing marks end that begin at `stop`."""
        end = stop + 1
        while True:
            while end < len(self.text) and (self.text[end] in _TRAIL or end in self.closing):
                end += 1
            following = self._after_space(end)
            spaced = following > end and following < len(self.text)
            if spaced and (
                (self.text[following] in CLOSING and self.text[following] != "’") or following in self.closing
            ):
                end = following + 1
            else:
                return end

    def ends(self, start: int, stop: int, end: int) -> bool:
        """Whether the sentence that began at `start` ends with the marks from `stop` to `end`."""
        following = self._after_space(end)
        if following == len(self.text) or self.text[following] in _BIND or self.enclosures.hold(end):
            return False
        run = self.text[stop:end]
        if not any(mark in _FULL_STOPS for mark in run) and not self._point_ends(start, stop, end):
            return False
        if run[0] in "?!" and end == following and self.text[end].isascii() and self.text[stop - 1 : stop].isascii():
            return False  # the query of an address
        return self._closed(start, stop, end, following)

    def _closed(self, start: int, stop: int, end: int, following: int) -> bool:
        """Whether the sentence ends with what the closing marks after its last stop close."""
        last = end
        while self.text[last - 1] not in _FULL_STOPS and self.text[last - 1] not in _POINTS:
            last -= 1
        closers = self.text[last:end].strip("'¹²³⁰⁴⁵⁶⁷⁸⁹ ")
        if not closers:
            return True
        if "》" in closers or "〉" in closers or _PARTICLE.match(self.text, following):
            return False
        if self.text[last - 1] not in "？！?!‼⁇⁈⁉":
            return True
        opening = self.enclosures.opening(last)
        before = "" if opening is None else self.text[start:opening].rstrip()
        if not before:
            return True
        if closers[0] in ")）]］":
            return False
        return before[-1] in "：:，," or _TAKES_UP.match(self.text, following) is None

    def _point_ends(self, start: int, stop: int, end: int) -> bool:
        """Whether a full stop of the Latin kind was typed for 。."""
        if stop == start or "…" in self.text[stop:end] or self.text[stop + 1 : stop + 2] in (".", "．"):
            return False
        before = self.text[max(start, stop - 4) : stop].rstrip("\"'" + CLOSING)
        if not before or not _HAN.match(before[-1]):
            return False
        quoted = self.text[max(start, stop - _LIMIT) : end]
        if quoted.count("“") > quoted.count("”") or quoted.count('"') % 2:
            return False
        after = self.text[end]
        if after.isascii() and after.isalnum():
            return False
        if before[-1] in _TRANSCRIBING and after in _TRANSCRIBING:
            return False
        return stop - start > 12 or _ENUMERATOR.fullmatch(self.text, start, stop) is None

    def _goes_on(self, end: int) -> bool:
        """Whether the sentence goes on after a closing quote."""
        following = self._after_space(end)
        if following == len(self.text):
            return False
        return self.text[following] in _BIND or _PARTICLE.match(self.text, following) is not None

    def _after_space(self, offset: int) -> int:
        match = _SPACE.match(self.text, offset)
        return offset if match is None else match.end()
