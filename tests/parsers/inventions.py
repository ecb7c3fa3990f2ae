"""Invented documents to print as dumps: bodies, people and texts exist nowhere but here."""

from itertools import cycle, islice
from typing import TypeVar

from tests.parsers.dumps import Unit

T = TypeVar("T")

SYMBOL = "SPECIMEN/2031/7"
RECORD_SYMBOL = "SPECIMEN/PV.12"
SUMMARY_SYMBOL = "SPECIMEN/SR.8"
RESOLUTION_SYMBOL = "SPECIMEN/RES/4/9"
JOB = "31-04417"

_EN = [
    "The keepers of the northern lights counted fewer ships in 2029 than in any year since the lamps were first lit.",
    "Two of the three buoys that drifted in the March storm were found on the beach at low tide.",
    "No cause has been named so far.",
    "It was noted that a well-kept register, however plain, had saved the harbour more time than any new machine.",
    "The ferry between the islands runs at 6.40 a.m. and again at noon, but only while the ice allows it.",
    "Bees kept on the roofs of the customs house gave 14 kilograms of honey, of which half went to the school.",
    "A second lamp, of the kind used on Gull Rock, would cost about 3,200 crowns and last for nine winters.",
    "Mr. Falk, who repaired the clock, asked that the stairs be swept before the visitors came.",
    "Some members preferred to wait until the spring tides were over; others saw no reason for delay.",
    "The tide tables of the old harbour-master, printed on blue paper, are still right to the minute.",
    "Whoever borrows the long ladder should bring it back before dusk.",
    "In the autumn the gardeners of the upper terrace planted 120 pear trees along the wall that faces the sea.",
    "The cost of rope has risen by 4.5 per cent, which the committee of rope users found hard to explain.",
    "Children from five villages painted the sheds in the colours of their own boats.",
    "There is, after all, only one road to the quarry, and it is closed whenever the stream is high.",
    "The baker's report was short but complete, and it was read aloud twice at the request of those at the back.",
    "Fog signals were tested on the first Monday of every month (with the exception of January).",
    "A map of the drains, long thought lost, turned up behind the bandstand in a tin marked “Seeds”.",
    "The lantern room must be dry, quiet and free of moths.",
    "Experience showed that a smaller sail, set early, does more good than a large one set in haste.",
    "The museum lent 37 models of fishing boats to the library, where they will stay until the roof is mended.",
    "Nobody could say where the second key was kept.",
    "The choir sang on the quay while the last crates of apples were carried ashore.",
    "Reports from the outer islands arrive late, since the post is carried by the same boat as the sheep.",
]
_ZH = [
    "北方灯塔的看守人在 2029 年数到的船只，比灯塔点亮以来的任何一年都少。",
    "三月的风暴中漂走的三个浮标，有两个在退潮时被人在沙滩上找到。",
    "原因至今不明。",
    "有人指出，一本记得仔细的登记簿，无论多么朴素，为港口节省的时间都比任何新机器要多。",
    "往来于各岛之间的渡船每天早晨 6 时 40 分开一班，中午再开一班，但只在冰面允许的时候才开。",
    "养在海关大楼屋顶上的蜜蜂产了 14 公斤蜂蜜，其中一半送给了学校。",
    "如果再添一盏鸥岩上所用的那种灯，大约要花 3,200 克朗，可以用九个冬天。",
    "修好大钟的法尔克先生请大家在客人到来之前把楼梯扫干净。",
    "有些成员宁愿等到春潮过去以后再说，另一些成员则看不出有什么理由要拖延。",
    "老港务长编印在蓝纸上的潮汐表，至今仍然分秒不差。",
    "谁借了那架长梯子，谁就应当在天黑以前把它还回来。",
    "秋天，上层台地的园丁们沿着面向大海的那堵墙种下了 120 棵梨树。",
    "绳索的价格上涨了 4.5%，用绳人委员会对此感到难以解释。",
    "来自五个村庄的孩子们用各自渔船的颜色粉刷了棚屋。",
    "说到底，通往采石场的路只有一条，溪水一涨就要封闭。",
    "面包师的报告简短而完整，应坐在后排的人的请求朗读了两遍。",
    "雾号在每个月的第一个星期一进行测试(一月份除外)。",
    "一张人们以为早已丢失的排水沟地图，在音乐台后面一个写着“种子”的铁盒里找到了。",
    "灯室必须干燥、安静，而且没有飞蛾。",
    "经验表明，及早挂起的小帆比匆忙之中挂起的大帆更有用处。",
    "博物馆把 37 只渔船模型借给了图书馆，在屋顶修好之前一直放在那里。",
    "谁也说不出第二把钥匙放在什么地方。",
    "最后几箱苹果搬上岸的时候，合唱团在码头上唱歌。",
    "外岛的报告总是来得很晚，因为邮件和羊群由同一条船运送。",
]


def invented_sentences(language: str) -> tuple[str, ...]:
    """Sentences that stand for one another, one by one, in Chinese and English."""
    return tuple(_ZH if language == "zh" else _EN)


_SIZES = (3, 1, 4, 2, 5, 1, 2, 6, 3, 2, 4, 1)


class _Voice:
    """Gives paragraph after paragraph, each of other sentences, the same on every call."""

    def __init__(self, language: str) -> None:
        self.zh = language == "zh"
        self._sentences = cycle(_ZH if self.zh else _EN)
        self._sizes = cycle(_SIZES)

    def prose(self, sentences: int = 0) -> str:
        """A paragraph."""
        return ("" if self.zh else " ").join(islice(self._sentences, sentences or next(self._sizes)))

    def member(self, last: bool = False) -> str:
        """A member of a list, which ends with a semicolon but for the last."""
        text = next(self._sentences)
        return text if last else text[:-1] + ("；" if self.zh else ";")

    def say(self, chinese: T, english: T) -> T:
        """One of two."""
        return chinese if self.zh else english


def report(language: str) -> list[Unit]:
    """A report: three sections, items on two levels, notes, an annex whose numbers start again."""
    voice = _Voice(language)
    say, prose = voice.say, voice.prose
    number = iter(range(1, 100))

    def numbered(text: str) -> Unit:
        n = str(next(number))
        return Unit("paragraph", text, f"{n}.", n)

    units = [
        *_masthead(voice, SYMBOL),
        Unit("title", say("各岛灯塔和渡船的现状", "Lamps and ferries of the islands")),
        Unit("title", say("航标委员会编写的报告", "Report prepared by the Committee on Seamarks")),
        Unit("heading", say("导言", "Introduction"), say("一.", "I."), say("一", "I")),
        numbered(prose()),
        numbered(prose() + say("登记簿已经公布。{1}", " The register was published.{1}")),
        Unit("footnote", say("见《灯塔登记簿》，第四卷，海港出版社。", "See Register of Lamps, vol. 4, Harbour Press."),
             "1", "1"),
        numbered(prose()),
        numbered(prose()),
        Unit("heading", say("各岛的观察结果", "Observations made on the islands"), say("二.", "II."), say("二", "II")),
        Unit("heading", say("灯", "Lamps"), "A.", "A"),
        numbered(prose(2) + say("委员会建议：", " The Committee recommended:")),
        Unit("item", voice.member(), "(a)", "a"),
        Unit("item", voice.member()[:-1] + say("：", ":"), "(b)", "b"),
        Unit("item", voice.member(), say("㈠", "(i)"), say("㈠", "i")),
        Unit("item", voice.member(), say("㈡", "(ii)"), say("㈡", "ii")),
        Unit("item", voice.member(), "(c)", "c"),
        Unit("item", voice.member(last=True), "(d)", "d"),
        numbered(prose()),
        Unit("heading", say("渡船", "Ferries"), "B.", "B"),
        *(numbered(prose()) for _ in range(4)),
        numbered(prose(2) + say("这一做法在 2027 年{2} 已有先例。", " There was a precedent.{2}")),
        Unit("footnote", say("SPECIMEN/2027/3，第 14 段。", "SPECIMEN/2027/3, para. 14."), "2", "2"),
        *(numbered(prose()) for _ in range(5)),
        Unit("heading", say("结论和今后的工作", "Conclusions and further work"), say("三.", "III."), say("三", "III")),
        *(numbered(prose()) for _ in range(12)),
    ]  # fmt: skip
    number = iter(range(1, 100))
    units += [
        Unit("heading", say("附件", "Annex")),
        Unit("heading", say("绳索和灯油的费用", "Costs of rope and lamp oil")),
        *(numbered(prose()) for _ in range(4)),
    ]
    return units


def _masthead(voice: _Voice, symbol: str) -> list[Unit]:
    say = voice.say
    return [
        Unit("masthead", symbol),
        Unit("masthead", say("第三届会议", "Third session")),
        Unit("masthead", "Distr.: General"),
        Unit("masthead", say("7 March 2031", "7 March 2031")),
        Unit("masthead", say("Chinese", "English")),
        Unit("masthead", "Original: English"),
        Unit("masthead", say("2031 年 3 月 3 日至 14 日，日内瓦", "Geneva, 3–14 March 2031")),
    ]


def verbatim_record(language: str) -> list[Unit]:
    """A record: turns with States, languages and offices, a switch of language, a suspension, a quotation, a close."""
    voice = _Voice(language)
    say, prose = voice.say, voice.prose
    glue = say("", " ")
    chair = say("主席(以英语发言)：", "The President:")

    def turn(label: str) -> list[Unit]:
        return [Unit("turn", prose(), label)]

    def more(count: int) -> list[Unit]:
        return [Unit("paragraph", prose()) for _ in range(count)]

    return [
        Unit("masthead", say("第十二次全体会议最后记录", "Final record of the twelfth plenary meeting")),
        Unit("masthead", say("2031 年 3 月 4 日星期二上午 10 时 5 分在日内瓦万国宫举行",
                             "Held at the Palais des Nations, Geneva, on Tuesday, 4 March 2031, at 10.05 a.m.")),
        Unit("masthead", say("主席：阿尔内松女士 .......................... 挪威",
                             "President: Ms. Arneson .......................... (Norway)")),
        Unit("masthead", RECORD_SYMBOL),
        Unit("masthead", say("Chinese", "English")),
        *turn(chair), *more(3),
        *turn(say("沙先生(挪威)(以英语发言)：", "Mr. Sha (Norway):")), *more(5),
        *turn(chair),
        *turn(say("门萨女士(加纳)(以法语发言)：", "Ms. Mensah (Ghana) (spoke in French):")), *more(2),
        Unit("incident", say("(以英语发言)", "(spoke in English)")), *more(2),
        *turn(chair), *more(1),
        Unit("incident", say("会议暂停片刻。", "The meeting was briefly suspended.")),
        *turn(chair),
        *turn(say("Rosa Alvim女士(巴西)(以西班牙语发言)：", "Ms. Rosa Alvim (Brazil) (spoke in Spanish):")), *more(4),
        *turn(say("佐藤先生(日本)：", "Mr. Sato (Japan) (spoke in Chinese):")), *more(3),
        *turn(say("代理主席(以英语发言)：", "The Acting President:")),
        Unit(
            "paragraph", prose(2) + glue + say("主席先生，我要说：钟已敲过。", "Mr. President, I say: the bell rang.")
        ),
        *turn(
            say("洛蒙先生(世界气象组织)(以法语发言)：", "Mr. Lo (World Meteorological Organization) (spoke in French):")
        ),
        *more(6),
        *turn(chair), *more(2),
        Unit("closing", say("下午 4 时 55 分散会。", "The meeting rose at 4.55 p.m.")),
    ]  # fmt: skip


def summary_record(language: str) -> list[Unit]:
    """A summary record: numbered paragraphs that say who said what, under headings."""
    voice = _Voice(language)
    say, prose = voice.say, voice.prose
    speakers = cycle([
        say("阿尔内松女士(挪威)说，", "Ms. Arneson (Norway) said that"),
        say("主席说，", "The Chair said that"),
        say("门萨先生(加纳)指出，", "Mr. Mensah (Ghana) noted that"),
        say("佐藤女士(日本)问，", "Ms. Sato (Japan) asked whether"),
    ])  # fmt: skip
    glue = say("", " ")
    numbers = iter(range(1, 100))

    def said(reported: bool = True) -> Unit:
        n = str(next(numbers))
        text = prose()
        return Unit("paragraph", f"{next(speakers)}{glue}{text[0].lower()}{text[1:]}" if reported else text, f"{n}.", n)

    return [
        Unit("masthead", SUMMARY_SYMBOL),
        Unit("masthead", "Distr.: General"),
        Unit("masthead", "9 April 2031"),
        Unit("masthead", "Original: English"),
        Unit("masthead", say("第 8 次会议简要记录", "Summary record of the 8th meeting")),
        Unit("incident", say("上午 10 时 5 分宣布开会。", "The meeting was called to order at 10.05 a.m.")),
        Unit("heading", say("审议各岛的报告", "Consideration of reports of the islands")),
        *(said() for _ in range(6)), said(False),
        Unit("heading", say("渡船的时刻表", "The timetable of the ferries")),
        *(said() for _ in range(8)), said(False), said(),
        Unit("closing", say("下午 1 时散会。", "The meeting rose at 1 p.m.")),
    ]  # fmt: skip


def letter(language: str) -> list[Unit]:
    """A letter with an annex: dateline, salutation, signature, headings without numbers, a list without bullets."""
    voice = _Voice(language)
    say, prose = voice.say, voice.prose
    title = say(
        "2031 年 3 月 5 日挪威常驻代表给委员会主席的信",
        "Letter dated 5 March 2031 from the Permanent Representative of Norway addressed to the Chair of the Committee",
    )
    return [
        Unit("masthead", SYMBOL),
        Unit("masthead", "Distr.: General"),
        Unit("masthead", "6 March 2031"),
        Unit("masthead", say("Chinese", "English")),
        Unit("masthead", "Original: English"),
        Unit("title", title),
        *(Unit("paragraph", prose()) for _ in range(4)),
        Unit("paragraph", say("顺致最崇高的敬意。", "Accept, Madam, the assurances of my highest consideration.")),
        Unit("signature", say("常驻代表⏎约翰·法尔克(签名)", "(Signed) Johan Falk⏎Permanent Representative")),
        Unit("heading", say("附件", "Annex")),
        Unit("heading", say("关于灯塔的非正式磋商概要", "Summary of informal talks on the lamps")),
        *(Unit("paragraph", prose()) for _ in range(3)),
        Unit("heading", say("灯油", "Lamp oil")),
        *(Unit("paragraph", prose()) for _ in range(2)),
        Unit("heading", say("雾号", "Fog signals")),
        *(Unit("paragraph", prose()) for _ in range(5)),
    ]


def resolution(language: str) -> list[Unit]:
    """A resolution: the body that acts, preambular paragraphs, numbered operative ones."""
    voice = _Voice(language)
    say = voice.say
    zh = ["回顾", "重申", "深为关切", "铭记", "注意到", "认识到", "欢迎", "强调", "还注意到"]
    en = ["Recalling that", "Reaffirming that", "Deeply concerned that", "Bearing in mind that", "Noting that",
          "Recognizing that", "Welcoming the fact that", "Emphasizing that", "Noting also that"]  # fmt: skip
    acts_zh = ["决定", "吁请", "请", "又请", "鼓励", "还请", "决定"]
    acts_en = ["Decides", "Calls upon", "Requests", "Also requests", "Encourages", "Further requests", "Decides"]
    glue = say("", " ")

    def clause(opening: str, end: str) -> str:
        text = voice.prose(1)
        return f"{opening}{glue}{text[0].lower()}{text[1:-1]}{end}"

    acts = say(acts_zh, acts_en)
    return [
        Unit("masthead", RESOLUTION_SYMBOL),
        Unit("masthead", "Distr.: General"),
        Unit("masthead", "11 April 2031"),
        Unit("masthead", say("Chinese", "English")),
        Unit("title", say("各岛的灯塔", "Lamps of the islands")),
        Unit("paragraph", say("大会，", "The General Assembly,")),
        *(Unit("paragraph", clause(opening, say("，", ","))) for opening in say(zh, en)),
        *(
            Unit("paragraph", clause(opening, say("。", ".") if n == len(acts) else say("；", ";")), f"{n}.", str(n))
            for n, opening in enumerate(acts, 1)
        ),
    ]


GENRES = {
    "report": (report, SYMBOL),
    "verbatim_record": (verbatim_record, RECORD_SYMBOL),
    "summary_record": (summary_record, SUMMARY_SYMBOL),
    "letter": (letter, SYMBOL),
    "resolution": (resolution, RESOLUTION_SYMBOL),
}
"""Each genre: the units of a document in a language, and its symbol."""
