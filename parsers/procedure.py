"""What records print between the speeches: suspensions, votes, decisions, changes of the chair, the close.

Lines of procedure stand flush left between the speeches' indented paragraphs (New York sets them in italics), whatever
the line before them looks like.
"""

import re

_ZH_TIME = r"(?:上午|下午|中午|晚上|午夜)"
_ZH_HOUR = r"\d{1,2}\s*时(?:\s*\d{1,2}\s*分|\s*整|半)?"
_VOTERS = r"(?:In favour|Against|Abstaining|Abstentions|赞成|反对|弃权)"

_INTERRUPTS = re.compile(
    r"^(?:"
    # (以英语发言), (spoke in French): the language changes inside a turn.
    r"[(（](?:以\w{1,5}语发言|spoke in \w+|interpretation from \w+)[)）]$"
    # 会议暂停片刻。 会议于下午 3 时 5 分复会。 下午 4 时 55 分散会。
    rf"|会议暂停|会议(?:于)?{_ZH_TIME}.{{0,40}}(?:开始|复会|暂停|中止|结束)"
    rf"|{_ZH_TIME}\s*{_ZH_HOUR}\s*(?:宣布)?(?:开会|散会|休会|复会|会议)"
    r"|The meeting (?:was (?:called to order|briefly suspended|suspended|resumed|adjourned)|rose)\b"
    # 进行记录表决。 A recorded vote was taken. In favour:
    r"|(?:进行了?|以).{0,6}(?:记录|唱名|举手)表决|A (?:recorded |roll-call )?vote was taken"
    rf"|{_VOTERS}\s*[:：]"
    # 副主席某某先生(某国)代行主席职务。 Ms. X (Y), Vice-President, took the Chair.
    r"|.{2,90}?(?:代行主席职务|代为主持(?:会议)?|主持会议|took the Chair|resumed the Chair)[。.]"
    r")"
)
_CLOSES = re.compile(
    r"^(?:The meeting (?:rose|was adjourned) at"
    rf"|{_ZH_TIME}?\s*(?:\d{{1,2}}\s*时.{{0,8}})?(?:散会|会议结束)[。.]?$)"
)
_BRACKETED = re.compile(r"^[\[［(（].*[\]］)）]$")
_DECIDES = re.compile(
    r"^(?:"
    r"A (?:recorded )?vote was taken|The .{0,120} was adopted (?:by|without)"
    r"|(?:Draft|Oral) (?:resolution|decision|amendment)s? .{0,90}\bw(?:as|ere) (?:adopted|rejected|not adopted)\b"
    r"|进行了?(?:记录|唱名|举手)?表决|(?:决议|决定)?草案.{0,60}(?:获得通过|以.{2,40}通过)"
    rf"|{_VOTERS}\s*(?:[:：.。]|$)"
    r"|It was so decided|The meeting was|The agenda was adopted|.{0,60}was (?:escorted|accompanied)"
    r"|就这样决定|会议就此决定|议程通过|会议暂停|.{0,40}在陪同下"
    r")"
)
_NAMES_VOTERS = re.compile(rf"^{_VOTERS}\s*[:：]$")
_ALONE = re.compile(
    r"^(?:[(（](?:以\w{1,5}语发言|spoke in \w+|interpretation from \w+)[)）]"
    r"|会议暂停(?:片刻)?[。.]|The meeting was (?:briefly )?(?:suspended|resumed|adjourned)(?: at .{4,20})?[.。]?)$"
)


def interrupts(text: str, indent: int) -> bool:
    """Whether a line is procedure: opens like it and stands flush left, or is nothing but procedure, indented or not.

    The top of a page can indent a line that has no indent of its own.
    """
    return bool((_INTERRUPTS if indent == 0 else _ALONE).match(text))


def closes_meeting(text: str) -> bool:
    """Whether `text` is the line that closes a meeting: `The meeting rose at 4.55 p.m.`, `下午 4 时 55 分散会。`."""
    return bool(_CLOSES.match(text))


def is_procedure(text: str, indent: int) -> bool:
    """Whether a paragraph is procedure: by its words, by its brackets, or by a decision's words flush left."""
    return bool(_INTERRUPTS.match(text)) or bool(_BRACKETED.match(text)) or (indent == 0 and bool(_DECIDES.match(text)))


def breaks_off(text: str) -> bool:
    """Whether procedure breaks off in a list of those who voted."""
    return text.rstrip().endswith((",", "，", "、"))


def decides(text: str) -> bool:
    """Whether a text tells of a decision as records do: `Draft resolution ... was adopted by 5 votes to 1`."""
    return bool(_DECIDES.match(text))


def names_voters(text: str) -> bool:
    """Whether `text` stands over the list of those who voted so: `In favour:`, `反对：`."""
    return bool(_NAMES_VOTERS.match(text))
