"""Kinds of incident, told from the words that records use for them."""

import re

_KINDS: tuple[tuple[str, str, str, str], ...] = (
    ("language", "change of language", "改用语言", r"\bspoke in\b|\bspoken in\b|\bspeaking in\b|\binterpretation from\b|以\S{1,8}语发言|以\S{1,6}文发言"),
    ("suspension", "suspension or resumption", "会议暂停或复会", r"\bsuspended\b|\bresumed\b|会议暂停|暂停会议|暂停片刻|复会|休会片刻"),
    ("vote", "vote or other decision", "表决或其他决定", r"\bvote\b|\bvoted\b|\bIn favour\b|\bAbstaining\b|\bAgainst\b|\badopted\b|表决|赞成|弃权|反对|获得通过"),
    ("projection", "film, slides or music", "放映或演奏", r"\bvideo\b|\bfilm\b|\bmusic\b|\bslide|视频|录像|影片|幻灯"),
    ("silence", "minute of silence", "默哀", r"\bsilence\b|\bsilent prayer\b|默哀|默祷"),
)  # fmt: skip
# The words are those of the Editorial Manual's italic notes ("The meeting was suspended at ...", "A recorded vote was
# taken.", "spoke in French") and of their Chinese counterparts (会议暂停片刻, 进行了记录表决, 以法语发言).

OTHER = "procedure"

INCIDENT_KINDS: dict[str, tuple[str, str]] = {
    **{kind: (english, chinese) for kind, english, chinese, _ in _KINDS},
    OTHER: ("other procedural note", "其他程序性说明"),
}
"""Each kind with its names in English and Chinese."""

_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, _, _, pattern in _KINDS)


def incident_kind(text: str) -> str:
    """Tell the kind of an incident, `procedure` where its words are none of the known ones."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), OTHER)
