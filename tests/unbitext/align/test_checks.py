"""What looks wrong with a link."""

from collections import Counter
from pathlib import Path

import pytest

from unbitext.align.checks import LinkChecks

LONG = "The committee of the lighthouses met on the island to speak about the ferries that sail from it every morning."
FRENCH = (
    "Le comité des phares s'est réuni sur l'île pour parler des bateaux qui la quittent chaque matin, et de ceux qui y "
    "reviennent le soir lorsque la mer est calme et que le vent est tombé."
)


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [
        (["灯塔委员会开了会。"], ["The lighthouse committee met."], []),
        (["1998年建了灯塔。"], ["The lighthouse was built in 1989."], ["link-numbers-differ"]),
        (["建了30座灯塔。"], ["Lighthouses were built."], []),
        (["Lighthouses were built here."], ["The lighthouses were built here."], ["link-language"]),
        (["Lighthouses were built here."], ["Lighthouses were built here."], ["link-language", "link-copy"]),
        (["灯塔。"], [LONG], ["link-length-outlier"]),
        (
            ["灯塔委员会在岛上开会，讨论每天早上从岛上出发、晚上又回到岛上的渡船，风平浪静时尤其如此。"],
            [FRENCH],
            ["link-language"],
        ),
        (["SPECIMEN/PV.7"], ["SPECIMEN/PV.7"], []),
        ([], ["灯塔委员会在岛上开会讨论渡船。"], ["link-language"]),
        ([], ["Thank you."], []),
        # numbers written otherwise are the same numbers
        (["灯塔始建于1960年代。"], ["The lighthouse dates from the 1960s."], []),
        (["20年前建了两百多万座信标。"], ["Over two million beacons were built twenty years ago."], []),
        (["渡船11时30分开。"], ["The ferry sails at 1130 hours."], []),
        (["渡船11时30分开。"], ["The ferry sails at 1145 hours."], ["link-numbers-differ"]),
        (["2014年12月24日"], ["29 December 2014"], ["link-numbers-differ"]),
        (["三分之一的渡船"], ["One third of the ferries"], []),
        (["百分之四十五点五"], ["45.5 per cent"], []),
        (["一位灯塔看守人"], ["One of the keepers of the lighthouse"], []),
        # a name or an address is not translated
        (["12. Perpetua Quimper-Lighthouse"], ["12. Perpetua Quimper-Lighthouse"], []),
        (["见 https://ferries.example/timetable"], ["See https://ferries.example/timetable"], []),
        # another script
        (["灯塔委员会开会讨论渡船。"], ["Комитет маяков обсудил паромы."], ["link-language"]),
        (["لجنة المنارات ناقشت العبارات"], ["The committee of lighthouses discussed ferries."], ["link-language"]),
        # short text and short differences say nothing
        (["好。"], ["Very well, let us go on then."], []),
    ],
)
def test_codes(source: list[str], target: list[str], codes: list[str]) -> None:
    found = LinkChecks("zh", "en").findings(source, target, "7")
    assert [finding.code for finding in found] == codes
    assert all(finding.where == "7" for finding in found)


def test_duplicates_are_told_from_the_second_on() -> None:
    checks = LinkChecks("zh", "en")
    source = ["灯塔委员会在岛上开会，讨论每天早上从岛上出发的渡船和信标。"]
    assert not [f for f in checks.findings(source, [LONG], "1") if f.code == "duplicate-link"]
    (found,) = (f for f in checks.findings(source, [LONG], "2") if f.code == "duplicate-link")
    assert "1" in found.message


@pytest.mark.parametrize(
    ("languages", "source", "target", "codes"),
    [
        (
            ("fr", "en"),
            FRENCH,
            "The committee of the lighthouses met on the island to speak of the ferries that " * 2,
            [],
        ),
        (("en", "fr"), LONG * 2, LONG * 2, ["link-language", "link-copy"]),
        (("fr", "en"), "Il y a 2,5 millions de bateaux.", "There are 2.5 million boats.", []),
        (("fr", "en"), "Il y a 2,5 millions de bateaux.", "There are 25 million boats.", ["link-numbers-differ"]),
        ((None, None), "灯塔委员会开会讨论渡船。", "灯塔委员会开会讨论渡船。", []),
        (("en", "en"), LONG, LONG, []),
    ],
)
def test_other_languages(languages: tuple[str | None, str | None], source: str, target: str, codes: list[str]) -> None:
    assert [finding.code for finding in LinkChecks(*languages).findings([source], [target], "7")] == codes


@pytest.mark.shared
def test_few_alarms_on_real_translations(shared: Path) -> None:
    """On 4,000 translated sentences ten links have numbers that differ, each a slip of the text or of its alignment."""
    sides = [
        (shared / "unpc" / f"UNv1.0.devset.{language}").read_text(encoding="utf-8").rstrip("\n").split("\n")
        for language in ("zh", "en")
    ]
    checks = LinkChecks("zh", "en")
    codes = Counter(
        finding.code
        for number, (source, target) in enumerate(zip(*sides, strict=True))
        for finding in checks.findings([source], [target], str(number))
    )
    assert codes["link-numbers-differ"] <= 12
    assert codes["link-language"] == 0
    assert codes["link-copy"] <= 2
    assert codes["link-length-outlier"] <= 5
