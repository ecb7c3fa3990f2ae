"""The grammars and the rules, compiled once a process, and what they say of one file."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree
from lxml.isoschematron import Schematron  # type: ignore[import-not-found]  # lxml-stubs leaves it out

from unbitext.tei.names import NAMESPACES, XINCLUDE_NAMESPACE, line_of, tag
from unbitext.tei.violations import Violation

_RELAX_NG = "http://relaxng.org/ns/structure/1.0"
INCLUDE = f"{{{XINCLUDE_NAMESPACE}}}include"
_SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_SVRL = "http://purl.oclc.org/dsdl/svrl"

MOST_ERRORS = 20
"""How many errors of the grammar are told of one file: libxml2 repeats one mistake in many words."""

# The least that TEI All takes for a component: the root is checked without its components, each of which is checked
# by itself. (TEI has no place for xi:include; a whole corpus is valid once the files are put in.)
_STUB = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title/></titleStmt><publicationStmt><p/>'
    "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><p/></body></text></TEI>"
)


def kind_of(root: etree._Element) -> str:
    """Tell which of the grammar's roots a file has to be valid against: corpus, alignment or document."""
    if root.tag == tag("teiCorpus"):
        return "corpus"
    is_alignment = root.find("tei:text", NAMESPACES) is None and root.find("tei:standOff", NAMESPACES) is not None
    return "alignment" if is_alignment else "document"


def check_grammar(tree: etree._ElementTree, file: str) -> Iterator[Violation]:
    """Check against the project's grammar. Only the fitting root is tried, so that messages are to the point."""
    yield from _errors(_own_grammar(kind_of(tree.getroot())), tree, file, "tei-grammar")


def check_tei_all(tree: etree._ElementTree, file: str, grammar: Path) -> Iterator[Violation]:
    """Check against TEI All, which libxml2 takes five to thirty seconds to compile, once a process."""
    root = tree.getroot()
    if kind_of(root) == "corpus":
        root = deepcopy(root)
        for include in list(root.iter(INCLUDE)):
            root.remove(include)
        root.append(etree.fromstring(_STUB))
        tree = root.getroottree()
    yield from _errors(_tei_all(grammar), tree, file, "tei-all-grammar")


def check_rules(tree: etree._ElementTree, file: str, *, is_part: bool = False) -> Iterator[Violation]:
    """Check the Schematron rules; of a root that is but a part, those that do not need the whole."""
    rules = _rules("#ALL" if kind_of(tree.getroot()) == "corpus" and not is_part else "part")
    if rules.validate(tree):
        return
    for failure in rules.validation_report.iter(f"{{{_SVRL}}}failed-assert"):
        line = 1
        if (location := failure.get("location")) is not None:
            found = tree.xpath(location)
            first = found[0] if isinstance(found, list) and found else None
            line = line_of(first) if isinstance(first, etree._Element) else 1
        text = " ".join("".join(str(piece) for piece in failure.itertext()).split())
        yield Violation(file=file, line=line, code="tei-rule", message=f"{failure.get('id')}: {text}")


def _errors(grammar: etree.RelaxNG, tree: etree._ElementTree, file: str, code: str) -> Iterator[Violation]:
    if grammar.validate(tree):
        return
    told = dict.fromkeys((error.line, error.message) for error in grammar.error_log)
    for line, message in list(told)[:MOST_ERRORS]:
        yield Violation(file=file, line=max(line, 1), code=code, message=message)


@cache
def _own_grammar(root: str) -> etree.RelaxNG:
    grammar = etree.fromstring(files("schemas.tei").joinpath("unbitext.rng").read_bytes())
    start = grammar.find(f"{{{_RELAX_NG}}}start")
    assert start is not None, "every grammar has a start"
    for child in list(start):
        start.remove(child)
    etree.SubElement(start, f"{{{_RELAX_NG}}}ref").set("name", root)
    return etree.RelaxNG(grammar.getroottree())


@cache
def _tei_all(path: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(path))


def rule_text(identifier: str) -> str:
    """What a violation of a rule says: the rule's id and its text."""
    (text,) = [each for each in _rules_file().iterfind(f".//{{{_SCHEMATRON}}}assert") if each.get("id") == identifier]
    return f"{identifier}: {text.text}"


@cache
def _rules_file() -> etree._Element:
    return etree.fromstring(files("schemas.tei").joinpath("rules.sch").read_bytes())


@cache
def _rules(phase: str) -> Schematron:
    return Schematron(_rules_file().getroottree(), phase=phase, store_report=True)
