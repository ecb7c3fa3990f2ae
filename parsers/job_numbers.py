"""Job numbers of the documents services: 25-01034, GE.25-05795, V.24-08765, K2400987, B23-00234.

New York and Addis Ababa print year and number alone; the other duty stations put letters before them: GE. (Geneva), V.
(Vienna), K (Nairobi, without a hyphen), B (Bangkok), S. and C. (Santiago, also without one), Na. (Nairobi in the
1990s). A letter behind tells a later issue (25-09066X). What follows on the line of a first page are the language and
days of the work.
"""

import re

JOB = r"(?:(?:(?:[A-Z]{1,5}\.|Na\.|[BKNV])\d{2}-\d{4,6}|\d{2}-\d{5})(?:[A-Z]\b)?|[KN]\.?\d{7}\b|[SCB]\.\d{7}\b)"
"""A job number, as a part of a pattern."""

LANGUAGE = r"(?:[(\[]?[ACEFRS](?:,[ACEFRS])*[)\]]?)"
JOB_LINE = re.compile(
    rf"^{JOB}\s*\*{{0,3}}(?:\s*\d{{3,4}}[a-z])?\s*{LANGUAGE}?(?:\s*[A-Z]{{0,3}}\d{{6,8}}){{0,9}}\s*\*{{0,3}}"
    r"(?:\s*\*[A-Z]{0,5}\.?\d{7,8}\*)?(?:\s*/\.\.\.)?$"
)
"""The line of a first page: 92-38221 4023a (E) 020992 /... - some with the number below the bars behind it"""

BARCODE = re.compile(r"^\*[A-Z]{0,5}\.?\d{7,8}\*$")
"""The job number below the bars of a first page, which some fonts print as text: *2512973*"""

_JOB_NUMBER = re.compile(JOB)


def job_number(text: str) -> str | None:
    """The job number that a line of furniture prints: `GE.20-01397`, `25-01739`."""
    match = _JOB_NUMBER.search(text)
    return match.group() if match else None
