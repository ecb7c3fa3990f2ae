"""Each row is the list of sentences; they are joined by a space and must come apart again at just those places."""

import pytest

from parsers.sentences import split_sentences

SENTENCES = [
    # One sentence, with stops inside.
    ["See para. 3.2 and paras. 4 and 5 of the plan for the lighthouse."],
    ["The ferry needs rule No. 5, Nos. 6 and 7, art. 4, arts. 8-9, p. 4, pp. 5 and 6, vol. 2, chap. IV and sect. B."],
    ["Mr. Kite, Mrs. Vane, Ms. Reed, Dr. Gull, Prof. Tern, Messrs. Rook and Crow and St. Elmo met Gen. Finch."],
    ["H.E. Mr. Heron, the Rt. Hon. Ms. Wren and Lt. Col. Teal were there."],
    ["John J. Smith, J. J. Finch and A.B. Crane signed for the U.S. Lighthouse Board."],
    ["Some birds, i.e. Gulls, and others, e.g. Terns, cf. Finch et al. Birds of Nowhere, stay."],
    ["It is in CD/PV.9901, in NPT/CONF.2099/PC.I/WP.4, in A/99/1/Add.1, Corr.1 and Rev.1, and in Add. 2 too."],
    ["The meeting rose at 2.40 p.m. today."],
    ["Come at 3 p.m. Nowhere time, or at 10 a.m. Friday."],
    ["Come at 10 a.m. on Friday, at 3 p.m. 15 May, at 4 p.m. GMT, or at 5 p.m. (Nowhere time) on Sunday."],
    ["President: Mr. Heron ........................ (Nowhere)"],
    ["President: Mr. Heron . . . . . . . . . . . (Nowhere)"],
    ["Rowing Boats Ltd. and Sails Inc. Shipyards built it."],
    ["He asks (a) for oars; (b) for sails; (c) for rope."],
    ["1. The lamp shall be lit."],
    ["IV. The keeper"],
    ["B. The second keeper"],
    ["(c). The third keeper"],
    ["II.C. The keepers together"],
    ["Article 5. The keeper shall sleep by day."],
    ["The page www.example.org/a.b?c=d and https://example.org/x.Y/z.Html show it."],
    ["The tide rose by 3.5 per cent, or 1,000.25 metres."],
    ["The keeper said “Light it!” and left."],
    ["The keeper asked “Why? How?” and left."],
    ["“Light it!”, said the keeper."],
    ["The keeper (see the log. It is blue.) sleeps."],
    ["The keeper (see annex A. The log is blue) sleeps."],
    ["The lamp [...] The oil ... The wick stayed."],
    ["The word “lampe” (?) The scribe wrote is odd."],
    ["Gull v. Tern is the leading case, and so is Heron vs. Crane."],
    ["The keeper drank. and slept."],
    ["Owl, 12 Sept. 2098, and Lark, 3 Oct. 2098, p. 5."],
    # Several.
    ["The tide turns at 3 p.m. ", "I would rather sail now."],
    ["The tide turns at 3 p.m. ", "Sailors are asked to come."],
    ["It is in the log, para. 3. ", "The log is blue."],
    ["“All tides turn.” ", "This is well known."],
    ["“All tides turn”. ", "This is well known."],
    ['"All tides turn." ', "This is well known."],
    ["‘All tides turn.’ ", "“So they do.” ", "Quite."],
    ["Why did it turn?” ", "No one knew."],
    ["Did it turn?! ", "It did!!! ", "It did."],
    ["Buoys, bells, etc. ", "The list is long."],
    ["No. ", "The tide is out."],
    ["The answer is no. ", "I shall not sail."],
    ["The answer is no. ", "Sailors left."],
    ["It is a fine art. ", "A keeper knows it."],
    ["It is in annex A. ", "Keepers agree."],
    ["It was built in the U.S. ", "The lamp is older."],
    ["It was built by Sails Inc. ", "The lamp is older."],
    ["It was written by Heron et al. ", "The log is theirs."],
    ["Ibid. ", "See also p. 5."],
    ["It is in A/99/1/Add.1. ", "The next is blue."],
    ["It was on the 21st. ", "The moon was full."],
    ["It ended on 30 May 2099. ", "25 keepers came."],
    ["It grew by 3.5 per cent. ", "It fell again."],
    ["(The keeper slept.) ", "The lamp went out."],
    ["(The keeper slept. The cat did not.) ", "The lamp went out."],
    ["The lamp (an old one) went out. ", "(See the log.) ", "It was late."],
    ["The tide... ", "The moon rose."],
    ["The keeper waited. ", "(a) The lamp went out. ", "(b) The cat slept."],
    ["The keeper waited. ", "b. The cat slept."],
    ["The lamp was lit. ", "– The cat slept."],
    ["The lamp was lit. ", "[...] The cat slept."],
    ["The lamp was lit. ", "* * *"],
    ["The lamp was lit. ", "“The cat slept.”"],
    ["It is 5 o’clock. ", "The lamp is lit."],
    # A footnote's mark that is set against the stop stays with its sentence.
    ["It was dark until 1971.3 ", "Keepers then came."],
    ["They had lamps.12 ", "The next was blue."],
    ["They had “lamps”.2 ", "The next was blue."],
    ["They had “lamps.”2 ", "The next was blue."],
    ["They had lamps (blue ones).2 ", "The next was blue."],
    ["They had lamps.¹ ", "The next was blue."],
    # A lost space.
    ["It is in the log.", "The lamp is blue."],
    # A closing mark is never left to the next sentence, not even after a space.
    ["“The lamp is lit. ” ", "The cat slept."],
    ["( The lamp is lit. ) ", "The cat slept."],
    # An abbreviation at the end of a block.
    ["The list has buoys, bells, etc."],
    ["The lamp was lit at 3 p.m."],
]


@pytest.mark.parametrize("pieces", SENTENCES, ids=lambda pieces: pieces[0][:40])
def test_english(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert [text[start:end] for start, end in split_sentences(text, "en")] == [piece.strip() for piece in pieces]


OTHERS = [
    ("fr", ["M. Héron et Mme Grue sont venus. ", "Voir par. 5 et art. 3, p. 4. ", "Fin."]),
    ("fr", ["Il a dit : « La lampe brûle. » ", "Puis il est parti."]),
    ("fr", ["La lampe figure à l’annexe I. ", "Mesure no 5."]),
    ("es", ["El Sr. Garza vino. ", "¿Por qué? ", "¡Vaya! ", "Véase el párr. 4, págs. 5 y 6."]),
    ("ru", ["Цапля, т.е. Птица, пришла в 15 ч. 00 м. вчера. ", "И. И. Журавль ушел."]),
    ("ru", ["«Лампа горит». ", "Он ушел."]),
    ("ar", ["هل اشتعل المصباح؟ ", "نعم. ", "نام القط."]),
    ("xx", ["One lamp. ", "Two lamps."]),
    (None, ["灯亮了。", "猫睡了。"]),
]


@pytest.mark.parametrize(("language", "pieces"), OTHERS)
def test_other_languages(language: str | None, pieces: list[str]) -> None:
    text = "".join(pieces)
    assert [text[start:end] for start, end in split_sentences(text, language)] == [piece.strip() for piece in pieces]
