"""What lines of mastheads say, in the conventions of many bodies, periods and languages; texts are invented."""

import pytest

from parsers.job_numbers import JOB_LINE, job_number
from parsers.masthead_lines import Part, language_of, masthead_part
from parsers.parse import parse_bytes
from schemas.document import Document

_PARTS = """
session: Resumed seventy-ninth session | Sixty-sixth session (first part) | Twenty-eighth session, second part
session: Tenth emergency special session | Thirty-second special session | Substantive session of 2010
session: Resumed organizational session for 2023 | First regular session of 2024 | Annual session of 2024
session: Fifteenth meeting – Part II | First part of the twenty-eighth session | Eleventh (resumed) session
session: 108th session | FIFTY-SECOND SESSION | Fifteenth session, Port Alder, 24-26 October 2005
session: Soixante-dix-neuvième session | 55e session | Reprise de la soixantième session | Session de 2024
session: Septuagésimo noveno período de sesiones | 55º período de sesiones | Período de sesiones anual de 2023
session: Семьдесят девятая сессия | Сессия 2024 года | الدورة التاسعة والسبعون | 2024 年会议
agenda: Point 71 b) de l’ordre du jour provisoire* | Temas 71 b) y 72 del programa provisional* | البند 5
agenda: Пункт 71 b) предварительной повестки дня* | Tema 3 de la agenda | 临时议程* 项目 71(b) | Agenda item 6 (a)
distribution: Distr. générale | Distr. limitada | Distr. | Distr.: Limited | Distr. GENERAL
original: Original : anglais | ORIGINAL: ENGLISH | Original:
language: English, French and Spanish only | ENGLISH ONLY | Français | Русский | Arabic/English
letterhead: Nations Unies | Организация Объединенных Наций | UNITED NATIONS
date: 13 septembre 2024 | 9 de enero de 2024 | 16 декабря 2024 года | 17 AUGUST 1992
date_and_place: Puerto Aliso, 3 a 7 de marzo de 2025 | Alder, Westland, 7-19 December 2022 | 5 to 9 June 2023, Alder
date_and_place: Alder, 20 December 2021 and 4–11 April 2022 | 26 февраля — 5 апреля 2024 года
record: Compte rendu analytique de la 12e séance | Acta resumida de la 12ª sesión | Краткий отчет о 12-м заседании
held: Tenue au Siège, à New York, le jeudi 5 octobre 2023, à 15 heures | Held at the Hall of Tides, Alder,
chair: Présidente : Mme Lampe (Norlande) | later: Mr. Net (Eastland)
notice: Eightieth year | 第八十年 | Soixante-dix-neuvième année
none: La session est ouverte. | In its session, the Council | Harbour, 3 boats | Lights of 2024
"""


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (part.strip(), text.strip())
        for row in _PARTS.strip().splitlines()
        for part, _, texts in [row.partition(":")]
        for text in texts.split("|")
    ],
)
def test_the_kind_of_a_line(part: str, text: str) -> None:
    assert masthead_part(text) is (None if part == "none" else Part(part))


@pytest.mark.parametrize(
    ("line", "job"),
    [
        ("24-16231 (E)    031024    091024", "24-16231"),
        ("92-38221    4023a (E)    020992    030992    /...", "92-38221"),
        ("K2321100[E]    200623", "K2321100"),
        ("B23-00234 (E)    TP280323", "B23-00234"),
        ("24-09712* (E)    110624", "24-09712"),
        ("V.24-08765 (E)    160524    160524", "V.24-08765"),
        ("26-17733 (E) *2617733*", "26-17733"),
        ("GE.26-00217 (E)    070126    *2600217*", "GE.26-00217"),
    ],
)
def test_job_numbers(line: str, job: str) -> None:
    assert JOB_LINE.match(line)
    assert job_number(line) == job


@pytest.mark.parametrize(
    ("text", "code"),
    [("Original: Arabic [English]", "ar"), ("Original: English/French", "en"), ("Original: French and Spanish", "fr")],
)
def test_of_several_original_languages_the_first(text: str, code: str) -> None:
    assert language_of(text) == code


_BODY = [
    "I. Lamps",
    "1. The keepers of the harbour reported on the lamps that they had lit in the year, and on those",
    "that had gone out in the storms of the winter.",
    "2. The keepers were thanked for their report, which the Council decided to take up again once the",
    "cost of the ropes was known.",
    "3. The Council decided to hold its next session in the spring.",
]


def _document(*masthead: str) -> Document:
    return parse_bytes("\n".join([*masthead, "", *_BODY, ""]).encode(), "0001.txt")


def _facts(document: Document) -> tuple[object, ...]:
    meta = document.meta
    return (
        "-".join(meta.symbols), str(meta.dates.issued), meta.distribution, meta.original_language, meta.title,
        meta.session, ", ".join(meta.agenda_items),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("masthead", "facts"),
    [
        (  # Geneva of the 1990s: the word of the distribution on its own line
            "UNITED NATIONS|Economic and Social Council||Distr.|GENERAL||E/CN.4/1996/53/Add.1|5 February 1996|ENGLISH"
            "|Original:  FRENCH||COMMISSION ON HUMAN RIGHTS|Fifty-second session|Item 9 of the provisional agenda||"
            "LAMPS OF THE HARBOUR||Addendum",
            ("E/CN.4/1996/53/Add.1", "1996-02-05", "GENERAL", "fr", "LAMPS OF THE HARBOUR", "Fifty-second "
            "session", "9"),
        ),
        (  # the heading of an agenda item is no title
            "A/79/412|United Nations||General Assembly||Distr.: General|13 September 2024|Original: English||"
            "Seventy-ninth session|Item 71 (b) of the provisional agenda*|Promotion of harbours: questions of lamps,|"
            "including nets||Rights of keepers and of|their families",
            (
                "A/79/412", "2024-09-13", "General", "en", "Rights of keepers and of their families",
                "Seventy-ninth session", "71 (b)",
            ),
        ),
        (  # frames side by side, as a tool prints them that keeps the layout
            "United Nations                                                      FCCC/SBI/2023/L.4|"
            "          Framework Convention on                           Distr.: Limited|"
            "          Climate Change                                    14 June 2023||"
            "                                                            Original: English||"
            "Fifty-eighth session|Alder, 5–15 June 2023|Agenda item 13||          National plans for harbours",
            (
                "FCCC/SBI/2023/L.4", "2023-06-14", "Limited", "en", "National plans for harbours",
                "Fifty-eighth session", "13",
            ),
        ),
        (
            "Nations Unies|A/78/6 (Sect. 9)|Assemblée générale||Distr. générale|17 avril 2023|Français|Original "
            ": anglais"
            "||Soixante-dix-huitième session|Point 138 de la liste préliminaire*||Projet de budget des ports",
            (
                "A/78/6 (Sect. 9)", "2023-04-17", "générale", "en", "Projet de budget des ports",
                "Soixante-dix-huitième session", "138",
            ),
        ),
        (
            "A/77/345–S/2022/701|United Nations||General Assembly|Security Council||Distr.: General|20 September 2022|"
            "English|Original: Russian||General Assembly|Seventy-seventh session|Agenda items 31, 84 and 133 (b)|"
            "Prevention of fog||Security Council|Seventy-seventh year||Letter dated 16 September 2022 from the "
            "Permanent"
            "|Representative of Norland addressed to the Secretary-General|I have the honour to transmit a note "
            "on fog.",
            (
                "A/77/345-S/2022/701", "2022-09-20", "General", "ru",
                "Letter dated 16 September 2022 from the Permanent Representative of Norland addressed to the "
                "Secretary-General",
                "Seventy-seventh session", "31, 84, 133 (b)",
            ),
        ),
        (
            "A/RES/79/312|United Nations||General Assembly||Distr.: General|8 July 2025||Seventy-ninth session|"
            "Agenda item 163|Financing of the harbour||Resolution adopted by the General Assembly|on 30 June 2025||"
            "79/312.||Lamps and nets of the harbour|The General Assembly,|Recalling its resolutions on lamps,|",
            (
                "A/RES/79/312", "2025-07-08", "General", None, "Lamps and nets of the harbour",
                "Seventy-ninth session", "163",
            ),
        ),
        (
            "ST/SGB/2023/5|United Nations||Secretariat||15 June 2023||Secretary-General’s bulletin||"
            "Organization of the harbour office",
            ("ST/SGB/2023/5", "2023-06-15", None, None, "Organization of the harbour office", None, ""),
        ),
    ],
    ids=["1990s", "agenda-heading", "frames", "french", "joint-letter", "resolution", "bulletin"],
)  # fmt: skip
def test_mastheads_of_dumps(masthead: str, facts: tuple[object, ...]) -> None:
    assert _facts(_document(*masthead.split("|"))) == facts


def test_labels_on_lines_of_their_own() -> None:
    text = (
        "A/79/412\nDistr.: General\n\nLamps of the harbour\n\nI.\nIntroduction\n1.\nThe keepers lit the lamps "
        "that hung over"
        " the water, and wrote in\ntheir book what they had seen.\n2.\n\nThe nets were mended:\n\n(a)\n\nIn "
        "spring;\n\n(b)"
        "\n\nIn autumn.\n3.\nThe Council thanked them and went home by the light of the lamps that\nthey had lit.\n"
    )
    document = parse_bytes(text.encode(), "0001.txt")
    numbered = [(block.kind.value, block.number, block.text[:20]) for block in document.blocks if block.number]
    assert numbered == [
        ("heading", "I", "Introduction"),
        ("paragraph", "1", "The keepers lit the "),
        ("paragraph", "2", "The nets were mended"),
        ("item", "a", "In spring;"),
        ("item", "b", "In autumn."),
        ("paragraph", "3", "The Council thanked "),
    ]
