"""Kinds of incident, told from the words that records use for them."""

import re

# The words are those of the italic notes in records ("spoke in French", "The meeting was suspended at ...", "A recorded
# vote was taken.") and of their Chinese counterparts (以法语发言, 会议暂停片刻, 进行了记录表决).
_KINDS: tuple[tuple[str, str, str, str], ...] = (
    (
        "language",
        "change of language",
        "改用语言",
        r"\b(?:spoke|spoken|speaking) in\b|\binterpretation from\b|以\S{1,8}[语文]发言",
    ),
    (
        "suspension",
        "suspension or resumption",
        "会议暂停或复会",
        r"\bsuspended\b|\bresumed\b|会议暂停|暂停会议|暂停片刻|复会|休会片刻",
    ),
    (
        "vote",
        "vote or other decision",
        "表决或其他决定",
        r"\bvoted?\b|\bin favour\b|\babstaining\b|\bagainst:|\badopted\b|表决|赞成|弃权|反对|获得通过",
    ),
    ("projection", "film, slides or music", "放映或演奏", r"\b(?:video|film|music|slides?)\b|视频|录像|影片|幻灯"),
    ("silence", "minute of silence", "默哀", r"\bsilence\b|\bsilent prayer\b|默哀|默祷"),
)

OTHER = "procedure"
VOTE_KIND = "vote"

INCIDENT_KINDS: dict[str, tuple[str, str]] = {
    **{kind: (english, chinese) for kind, english, chinese, _ in _KINDS},
    OTHER: ("other procedural note", "其他程序性说明"),
}
"""Each kind with its names in English and Chinese."""

_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, _, _, pattern in _KINDS)


def incident_kind(text: str) -> str:
    """Tell the kind of an incident, `procedure` where its words are none of the known ones."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), OTHER)
