"""Words whose full stop does not, or not always, end a sentence, and the words that betray a new sentence.

The lists follow the United Nations Editorial Manual and its counterparts in the other languages: what is abbreviated in
references, titles and times. They are written in lower case, without the last full stop.
"""

from dataclasses import dataclass


def _words(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(texts).split())


@dataclass(frozen=True)
class Conventions:
    """What a language abbreviates.

    `titles` never end a sentence: a name or an explanation must follow. `numbered` ends none where a number follows.
    `trailing` ends one only where a word of `starters` follows; the same holds for initials and acronyms with stops.
    `run_in` are the words that, with a number and a full stop, make a heading at the head of a paragraph
    (`Article 5.`). `designators` are followed by a letter that is no initial (`annex A.`). `homographs` are those
    numbered abbreviations that are words as well (`the answer is no.`).
    """

    titles: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    trailing: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    run_in: frozenset[str] = frozenset()
    designators: frozenset[str] = frozenset()
    homographs: frozenset[str] = frozenset()

    def knows(self, word: str) -> bool:
        """Whether `word`, in lower case, is an abbreviation of any kind."""
        return word in self.titles or word in self.numbered or word in self.trailing


# What stays in Latin letters in every language: cases ("X v. Y"), names of authors in notes.
_EVERYWHERE = "mr mrs ms dr prof v vs cf i.e e.g viz"

ENGLISH = Conventions(
    titles=_words(
        _EVERYWHERE,
        # Honorifics and ranks, which a name follows: "Mr. X", "Messrs. X and Y", "H.E. Mr. X".
        "mx rt drs messrs mmes mme mlle",
        "st ste gen lt col maj capt sgt cmdr adm brig hon rev amb gov sen rep pres sr sra",
        "sres dra h.e h.r.h h.m msgr fr maj.-gen lt.-gen brig.-gen lt.-col",
        # What an example or a figure must follow: "approx. 5,000", "op. cit.", "c. 1990".
        "a.k.a approx ca c incl excl resp op loc",
    ),
    numbered=_words(
        # References to parts of documents: "para. 3.2", "Nos. 5 and 6", "art. VI", "vol. 12", "annex, sect. A".
        "para paras no nos art arts p pp vol vols chap chaps ch sect sects sec secs subsect fig figs eq eqs app apps",
        "ann cl cls cols fol fols n nn s ss tbl ser pt pts bk r rr reg regs",
        # Parts of symbols, with or without a space before the number: "Add. 1", "Rev.1", "Suppl. No. 5", "res. 1325".
        "add corr amend suppl supp sub dec res doc docs conf misc l inf wp",
        # Months in tables and citations: "12 Sept. 1996".
        "jan feb mar apr jun jul aug sept sep oct nov",
        # Telephone lines in notices: "ext. 3-1234".
        "tel ext rm",
    ),
    trailing=_words(
        # Firms: "X Inc. has", "Y Ltd. The contract".
        "inc ltd co corp plc bros llc gmbh",
        # After names and lists, in the middle of a sentence as often as at its end.
        "al jr esq ibid cit passim ed eds repr publ trans dept govt univ assoc est max min avg seq seqq",
    ),
    starters=_words(
        # Articles, pronouns and determiners; conjunctions, adverbs and prepositions that open a clause. A capital on
        # one of these in mid-text can only be that of a new sentence.
        "the this that these those there it its we our they their i you your he she his her a an another other others",
        "such some all any both each every many most several few no none neither either one",
        "if in on at as for from with within without when whenever while where whereas since although though however",
        "moreover furthermore therefore thus hence nevertheless nonetheless accordingly also and but or so yet because",
        "after before during under until once to by through throughout following according finally what who why how",
        "which whether let please indeed instead meanwhile subsequently then here now additionally consequently",
        "similarly likewise given among between regarding concerning despite upon not only unless pursuant see of",
        "secondly thirdly firstly lastly still even today yesterday perhaps rather again conversely",
    ),
    run_in=_words("article rule regulation section principle guideline recommendation chapter part annex appendix"),
    designators=_words(
        "annex annexes appendix section sections part parts group groups option options category schedule table type",
        "class list point form chapter figure item items box plan zone phase scenario vitamin hepatitis model",
        "alternative variant war",
    ),
    homographs=_words("no art arts add sub app fig"),
)

FRENCH = Conventions(
    titles=_words(_EVERYWHERE, "m mm mme mmes mlle mlles me mgr st ste s.e c.-à-d p.ex ex env c"),
    numbered=_words(
        "par art arts p pp vol chap sect fig al n no nos add corr rev suppl supp rés doc ann t",
        "janv févr sept oct nov déc",
    ),
    trailing=_words("ibid op.cit loc.cit cit s.a cie ltée al"),
    run_in=_words("article règle principe section chapitre partie annexe"),
    designators=_words("annexe annexes appendice section partie groupe option catégorie tableau liste point chapitre"),
    homographs=_words("art par"),
)

SPANISH = Conventions(
    titles=_words(
        _EVERYWHERE,
        "sr sra srta sres sras dra dres excmo excma ilmo ilma d s.e gral cnel cap p.ej ej c",
    ),
    numbered=_words(
        "párr párrs parr parrs art arts núm núms num nums pág págs p pp vol vols caps secc fig add corr rev supl doc",
        "ap apdo inc",
    ),
    trailing=_words("ee.uu ee uu ibid íbid op.cit s.a ltda cía al"),
    run_in=_words("artículo regla principio sección capítulo parte anexo"),
    designators=_words("anexo anexos apéndice sección parte grupo opción categoría cuadro lista punto capítulo"),
)

RUSSIAN = Conventions(
    # A name follows "им.", "проф."; an example follows "т.е.", "напр.", "ср.", "см.".
    titles=_words(_EVERYWHERE, "т.е т.н напр ср см им проф акад ген о д-р"),
    # A number follows: references, and the hours and minutes of times ("15 ч. 00 м.").
    numbered=_words("п пп ст стр с гл разд т тт рис табл абз № ч час м мин сек add corr rev"),
    # A number has gone before ("в 1995 г.", "12 млн. долл. США"), or a list ("и т.д.").
    trailing=_words("г гг в вв тыс млн млрд долл руб др т.п т.д проц кв куб т.к т.о"),
    run_in=_words("статья правило принцип раздел глава часть приложение"),
    designators=_words("приложение приложения приложении раздел разделе часть части группа группы вариант таблица"),
)

ARABIC = Conventions(titles=_words(_EVERYWHERE, "د"), numbered=_words("ص ف add corr rev"))

OTHER = Conventions(titles=_words(_EVERYWHERE))
