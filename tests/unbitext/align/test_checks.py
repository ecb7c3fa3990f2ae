"""What looks wrong with a link."""

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
