"""Each row is the list of sentences; joined without anything they must come apart again at just those places."""

import pytest

from parsers.sentences import split_sentences

SENTENCES = [
    # One sentence.
    ["灯塔很旧；灯很新；油不多：只有一桶，够用三天。"],
    ["灯亮了。。"],
    ["灯亮了……又灭了。"],
    ["灯高 3.5 米，重 1.5 吨。"],
    ["见 NPT. 与 U.S. 以及 A. 和 (a) 各处。"],
    ["见http://example.org/zh?a=b。"],
    ["他写了《灯为什么亮？》的报告。"],
    ["他说《灯亮了！》一书很好。"],
    ["他说“灯亮了！”，就走了。"],
    ["他用“灯亮了。”、“灯灭了。”，说明情况。"],
    ["他谈到“灯为什么亮？”这一问题。"],
    ["守则规定“守灯人应睡觉。猫不应睡觉。”的义务。"],
    ["守灯人(难道是他？)来了。"],
    ["守灯人（见日志。共三页）来了。"],
    ["二．守灯人的任务"],
    ["第五节．守灯人的任务"],
    ["附件一．守灯人的任务"],
    ["约翰．史密斯守灯。"],
    ["科菲.安南守灯。"],
    ["主席：鹭先生 ........................ 无名国"],
    ["1. 守灯人应点灯。"],
    ["灯亮了。”"],
    ["灯亮了。’”）"],
    # Several.
    ["灯亮了。", "猫睡了。"],
    ["灯亮了？！", "猫睡了！", "是的。"],
    ["灯亮了。。", "猫睡了。"],
    ["守灯人说：“好。”", "然后走了。"],
    ["守灯人问：“灯亮了吗？”", "这时猫睡了。"],
    ["“灯亮了。", "猫睡了。”", "天亮了。"],
    ["「灯亮了。」", "猫睡了。"],
    ["守灯人说『灯亮了。』", "猫睡了。"],
    ["守灯人说“灯亮了”。", "猫睡了。"],
    ['守灯人说"灯亮了。"', "猫睡了。"],
    ['"灯亮了。', '猫睡了。"', "天亮了。"],
    ["灯亮了（见日志）。", "猫睡了。"],
    ["(见日志。)", "猫睡了。"],
    ["灯亮了(见日志。)", "猫睡了。"],
    ["灯亮了(见日志。共三页。)", "猫睡了。"],
    ["守灯人点灯（掌声。笑声。）", "猫睡了。"],
    ["2098 年 5 月 30 日灯亮了。", "2020 年 1 月 1 日灯灭了。"],
    ["2098年5月30日灯亮了。", "2020年1月1日灯灭了。"],
    ["《灯塔守则》很旧。", "《守灯人守则》很新。"],
    # A full stop typed in half width.
    ["愿为守灯人效劳."],
    ["愿为守灯人效劳.", "猫睡了。"],
    ["愿为守灯人效劳. ", "猫睡了。"],
    ["守灯人点了灯．", "猫睡了。"],
    ["灯亮了?", "猫睡了!", "是的。"],
    # A closing mark is never left to the next sentence, not even after a space.
    ["灯亮了。 ”", "猫睡了。"],
    # A citation left in English.
    ["See p. 5. ", "The lamp is blue."],
]


@pytest.mark.parametrize("pieces", SENTENCES, ids=lambda pieces: pieces[0][:20])
def test_chinese(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert [text[start:end] for start, end in split_sentences(text, "zh")] == [piece.strip() for piece in pieces]
