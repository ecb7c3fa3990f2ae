"""A specimen as PDF, in the layout of UN documents: WeasyPrint sets the pages, `sheet.css` says how they look.

What is printed is what the source says, in its order: the dumps and the gold are written from the same paragraphs.
"""

import hashlib
import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import weasyprint
from fonts import cut_down
from layout import MARK, RULE, mark_of
from render import Source, Unit
from runs import Run, printed, speaker_runs, text_runs

STYLE = Path(__file__).with_name("sheet.css")
# Neither a figure with its thousands apart nor a symbol nor a span of dates is broken at the end of a line.
_UNBROKEN = re.compile(r"\d+(?: \d{3})+(?!\d)|[^\s⏎<>&\u2e80-\uffff]*[/–][^\s⏎<>&\u2e80-\uffff]*")
_PAGES = """
@page {{ size: {size}; margin: 75pt 53pt 72pt 53pt; @footnote {{ margin: 10pt 70pt 0 47pt; }} }}
@page :left {{
  @top-left {{ content: "{symbol}"; {header} text-align: left }}
  @bottom-left {{ content: {number}; font: bold 8.5pt LiberationSerif; {foot} text-align: left }}
  @bottom-right {{ content: "{job}"; font: 8pt LiberationSerif; {foot} }}
}}
@page :right {{
  @top-right {{ content: "{symbol}"; {header} text-align: right }}
  @bottom-left {{ content: "{job}"; font: 8pt LiberationSerif; {foot} text-align: left }}
  @bottom-right {{ content: {number}; font: bold 8.5pt LiberationSerif; {foot} }}
}}
@page :first {{
  margin-top: 40pt;
  @top-right {{ content: none; border: none }}
  @bottom-left {{ content: "{first}"; font: 9pt LiberationSerif; white-space: pre; width: 100%; {foot} }}
  @bottom-right {{ content: none }}
}}
"""
_HEADER = "font: bold 8.5pt LiberationSerif; border-bottom: .5pt solid; width: 100%; vertical-align: bottom;"
_HEADER += " padding-bottom: 4pt; margin-bottom: 14pt;"
_FOOT = "vertical-align: top; padding-top: 22pt;"


def pdf(source: Source, language: str, fonts: Path) -> bytes:
    """Set one language of a specimen; the same bytes each time, tagged where the source does not say otherwise."""
    page = _Writer(source, language)
    body = page.body()
    with TemporaryDirectory() as folder:
        shown = html.unescape(re.sub(r"<[^>]*>", "", body)) + page.page_rules() + "".join(page.notes.values()) + RULE
        style = cut_down(shown, language == "zh", Path(folder), fonts) + page.page_rules()
        document = _set(body, language, style, source)
        # The rule above the notes of a page is one more note, which has no mark; only the pages can tell where it goes,
        # and it moves them.
        first: list[str] = []
        for _ in range(5):
            if first == (first := _first_notes(document, list(page.notes))):
                break
            document = _set(_with_rules(body, first, source), language, style, source)
        return document.write_pdf(
            pdf_variant=None if source.settings.get("tagged") == "no" else "pdf/ua-1",
            pdf_identifier=hashlib.md5(f"{source.stem}.{language}".encode(), usedforsecurity=False).digest(),
        )


def _set(body: str, language: str, style: str, source: Source) -> weasyprint.Document:
    classes = f"{source.settings['style']} {language}"
    title = source.settings["symbol"]
    text = f'<html lang="{language}"><head><title>{title}</title></head><body class="{classes}">{body}</body></html>'
    configuration = weasyprint.text.fonts.FontConfiguration()
    sheets = [weasyprint.CSS(string=css, font_config=configuration) for css in (style, STYLE.read_text("utf-8"))]
    variant = None if source.settings.get("tagged") == "no" else "pdf/ua-1"
    return weasyprint.HTML(string=text).render(stylesheets=sheets, font_config=configuration, pdf_variant=variant)


def _with_rules(body: str, marks: list[str], source: Source) -> str:
    rule = RULE if source.settings["style"] == "newyork" else '<span class="line"></span>'
    for mark in marks:
        note = f'<span class="note marked" data-mark="{mark}"'
        body = body.replace(note, f'<span class="note rule">{rule}</span>{note}')
    return body


def _first_notes(document: weasyprint.Document, marks: list[str]) -> list[str]:
    found: list[str] = []
    for page in document.pages:
        found += [mark for mark in marks if f"note{mark}" in page.anchors][:1]
    return found


@dataclass
class _Writer:
    """Writes the running text as HTML."""

    source: Source
    language: str
    notes: dict[str, str] = field(default_factory=dict)
    _foot: list[str] = field(default_factory=list)
    _new_page: bool = False

    def page_rules(self) -> str:
        """The rules for size, running header, footer and the foot of the first page."""
        settings = self.source.settings
        new_york = settings["style"] == "newyork"
        return _PAGES.format(
            size="612pt 792pt" if new_york else "595pt 842pt",
            symbol=settings["symbol"],
            job=settings["job"] + (f" ({'C' if self.language == 'zh' else 'E'})" if new_york else ""),
            number='counter(page) "/" counter(pages)' if new_york else "counter(page)",
            header=_HEADER,
            foot=_FOOT,
            first="\\A ".join(self._foot),
        )

    def body(self) -> str:
        """All of it; the foot of the first page and the notes are kept aside."""
        units = printed(self.source, self.language)
        self.notes = {unit.attributes["n"]: text for unit, _, text in units if unit.kind == "footnote"}
        self._foot = [html.escape(text) for unit, _, text in units if unit.kind == "furniture"]
        # A masthead that the source does not begin with is printed at the top all the same, out of its place.
        top = next(unit for unit, _, _ in units if unit.kind not in ("furniture", "spacer")).attributes.get("at")
        framed = any("at" in unit.attributes for unit, _, _ in units)
        out = '<div class="lines"><div></div><div></div></div>' if framed else ""
        out += '<div class="room"></div>' if framed and not top else ""
        places: dict[str, int] = {}
        closed = False
        for unit, label, text in units:
            if top and not closed and unit.kind == "masthead" and "at" not in unit.attributes:
                out += '<div class="room"></div>'
                closed = True
            out += self._paragraph(unit, label, text, places, floating=not top)
        return out

    def _paragraph(self, unit: Unit, label: str, text: str, places: dict[str, int], floating: bool) -> str:
        if unit.kind in ("footnote", "furniture", "spacer"):
            return ""
        if unit.kind == "page":
            self._new_page = True
            return ""
        if unit.kind == "masthead":
            return self._masthead(unit, text, places, floating)
        classes = self._classes(unit, label)
        if "vote" in classes and text.endswith((":", "：")):
            classes.append("over")
        if self._new_page:
            classes.append("new-page")
            self._new_page = False
        tag = {"title": "h1", "heading": f"h{int(unit.attributes.get('level', 1)) + 1}"}.get(unit.kind, "p")
        return f'<{tag} class="{" ".join(classes)}">{self._content(unit, label, text)}</{tag}>\n'

    def _masthead(self, unit: Unit, text: str, places: dict[str, int], floating: bool) -> str:
        at = unit.attributes.get("at")
        shown = self._text(text)
        if at is None:
            kind = "under chair" if "....." in text else "under"
            return f'<p class="{kind}">{shown}</p>\n'
        number = places.get(at, 0)
        places[at] = number + 1
        classes = f"{at} second" if at == "body" and number else at
        if at == "symbol":
            first, slash, rest = shown.partition("/")
            shown = f"<big>{first}</big>{slash}{rest}"
        top = {"symbol": 0, "body": 27 + 22 * min(number, 1) + 14 * max(number - 1, 0), "frame": 31 + 14 * number}[at]
        place = f"position: absolute; top: {top}pt; left: 0; right: 0" if floating else f"padding-top: {top}pt"
        return f'<div class="mast"><p class="{classes}" style="{place}">{shown}</p></div>\n'

    def _classes(self, unit: Unit, label: str) -> list[str]:
        classes = [unit.kind]
        if unit.kind == "item":
            classes += ["two"] * (unit.attributes.get("level") == "2") + ["bullet"] * (not label)
        if unit.attributes.get("indent") == "0":
            classes.append("flush")
        if unit.attributes.get("subkind") == "vote":
            classes += ["vote"] + ["list"] * ("indent" in unit.attributes)
        return classes + [unit.attributes[key] for key in ("role",) if key in unit.attributes]

    def _content(self, unit: Unit, label: str, text: str) -> str:
        shown = self._runs(text_runs(unit, text, self.language))
        if unit.kind == "turn":
            return self._runs(speaker_runs(label, self.language)) + shown
        if unit.kind == "item" and not label:
            # The bullet is drawn, not written: the text layer has no character for it, as that of many PDFs has none.
            return f'<span class="dot"></span>{shown}'
        return f'<span class="n">{html.escape(label.strip())}</span> {shown}' if label else shown

    def _runs(self, runs: list[Run]) -> str:
        out = ""
        for run in runs:
            shown = f"<i>{self._text(run.text)}</i>" if run.italic else self._text(run.text)
            out += f"<b>{shown}</b>" if run.bold else shown
        return out

    def _text(self, text: str) -> str:
        escaped = _UNBROKEN.sub(lambda m: f'<span class="k">{m[0]}</span>', html.escape(text, quote=False))
        return MARK.sub(lambda m: self._note(mark_of(m[0])), escaped).replace("⏎", "<br>")

    def _note(self, mark: str) -> str:
        text = html.escape(self.notes[mark], quote=False)
        return f'<span class="note marked" data-mark="{mark}"><span id="note{mark}">{text}</span></span>'
