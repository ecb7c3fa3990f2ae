"""Words of treaties that are the same in all of them: preambles, and the words that enact what follows."""

import re

_PREAMBLE = re.compile(r"^(?:preamble|préambule|preámbulo|преамбула|序\s*言|前\s*言|(?:ال)?ديباجة)$", re.IGNORECASE)
_OPENS = re.compile(
    r"^(?:The (?:States )?(?:Parties|Contracting Parties|High Contracting Parties)|Les (?:États )?(?:Parties|parties)"
    r"|Les Hautes Parties|Los Estados [Pp]artes?|Las Partes|Las Altas Partes|Государства.{0,3}участники|Стороны"
    r"|Договаривающиеся|本(?:公约|协定|条约|议定书)各?(?:缔约|当事)[国方]|إنّ? (?:الدول )?الأطراف)\b.{0,90}[,，،:：]$"
)
_ENACTS = re.compile(
    r"(?:(?:have )?agreed (?:as follows|upon the following)|sont convenue?s de ce qui suit"
    r"|han convenido (?:en )?lo siguiente|согласились о нижеследующем|兹?(?:议定|协议|商定)如下"
    r"|اتفقت على ما يلي)\s*[:：]$",
    re.IGNORECASE,
)
_INSTRUMENT = (
    r"(?:Agreement|Convention|Treaty|Protocol|Covenant|Statute|Accord|Traité|Protocole|Acuerdo|Convenio|Convención"
    r"|Tratado|Protocolo|Соглашение|Конвенция|Договор|Протокол)"
)
_NAMED = re.compile(
    rf"^(?:(?:Draft|United Nations|International|Framework|Optional|Comprehensive) ){{0,3}}{_INSTRUMENT}"
    r"(?:$| (?:on|concerning|relating|relative|under|for|between|against|to|of|sur|relatif|relative|se rapportant|sobre"
    r"|relativo|relativa|en el marco|о|об|на)\b)",
    re.IGNORECASE,
)
_NAMED_ZH = re.compile(r"^.{2,60}(?:公约|协定|条约|议定书|规约)(?:\s*[(（].*[)）])?$")


def is_preamble(text: str) -> bool:
    """Whether a line on its own heads a preamble."""
    return bool(_PREAMBLE.match(text.strip()))


def opens_preamble(text: str) -> bool:
    """Whether a line names those who make a treaty, as its first words: `The States Parties to this Agreement,`."""
    return bool(_OPENS.match(text))


def enacts(text: str) -> bool:
    """Whether a preamble ends with these words: `Have agreed as follows:`."""
    return bool(_ENACTS.search(text))


def names_instrument(title: str) -> bool:
    """Whether a title is the name of a treaty: `Agreement concerning ...`."""
    return bool(_NAMED.match(title) or _NAMED_ZH.match(title))
