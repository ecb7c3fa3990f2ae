"""OAI-PMH as the UN Digital Library speaks it: MARCXML and Dublin Core, windows, resumption tokens, deletions."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from tests.loopback.behaviour import Exchange

OAI = "http://www.openarchives.org/OAI/2.0/"
MARC = "http://www.loc.gov/MARC21/slim"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True)
class LibraryRecord:
    """One record of the library; `files` are addresses such as `.../A_79_1-EN.pdf`."""

    number: int
    datestamp: str
    symbols: tuple[str, ...] = ()
    title: str = ""
    issued: str = ""
    files: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    deleted: bool = False

    @property
    def identifier(self) -> str:
        return f"oai:digitallibrary.un.org:{self.number}"

    def xml(self, prefix: str) -> str:
        status = ' status="deleted"' if self.deleted else ""
        naming = f"<identifier>{self.identifier}</identifier><datestamp>{self.datestamp}</datestamp>"
        header = f"<header{status}>{naming}</header>"
        if self.deleted:
            return f"<record>{header}</record>"
        body = self._marc() if prefix == "marcxml" else self._dublin_core()
        return f"<record>{header}<metadata>{body}</metadata></record>"

    def _marc(self) -> str:
        fields = [_field("191", {"a": symbol}) for symbol in self.symbols]
        fields += [_field("245", {"a": self.title, "b": ""}), _field("269", {"a": self.issued})]
        fields += [_field("856", {"u": file, "3": "x"}) for file in self.files]
        fields += [_field("993", {"a": symbol}) for symbol in self.related]
        return f'<record xmlns="{MARC}"><controlfield tag="001">{self.number}</controlfield>{"".join(fields)}</record>'

    def _dublin_core(self) -> str:
        parts = [f"<dc:title>{escape(self.title)}</dc:title>", f"<dc:date>{self.issued}</dc:date>"]
        parts += [f"<dc:identifier>{escape(one)}</dc:identifier>" for one in (*self.symbols, *self.files)]
        return f'<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="{DC}">{"".join(parts)}</oai_dc:dc>'


def _field(tag: str, subfields: dict[str, str]) -> str:
    inner = "".join(f"<subfield code={quoteattr(code)}>{escape(text)}</subfield>" for code, text in subfields.items())
    return f'<datafield tag="{tag}" ind1=" " ind2=" ">{inner}</datafield>'


@dataclass
class OaiService:
    """The library: `records` can be added to at any time, with any datestamp. `expire` makes all tokens useless."""

    records: list[LibraryRecord] = field(default_factory=list)
    page_size: int = 2
    tokens: dict[str, tuple[int, str, str, str]] = field(default_factory=dict)
    windows: list[tuple[str, str]] = field(default_factory=list)

    def expire(self) -> None:
        self.tokens.clear()

    def answer(self, exchange: Exchange, query: dict[str, str]) -> None:
        """Answer one request."""
        exchange.reply(200, self.document(query).encode(), {"Content-Type": "text/xml; charset=utf-8"})

    def document(self, query: dict[str, str]) -> str:
        if query.get("verb") != "ListRecords":
            return _envelope('<error code="badVerb">only ListRecords</error>')
        if token := query.get("resumptionToken"):
            if token not in self.tokens:
                return _envelope('<error code="badResumptionToken">expired</error>')
            start, prefix, since, until = self.tokens[token]
        else:
            start, prefix, since, until = (
                0,
                query.get("metadataPrefix", ""),
                query.get("from", ""),
                query.get("until", ""),
            )
            self.windows.append((since, until))
            if prefix not in ("marcxml", "oai_dc"):
                return _envelope('<error code="cannotDisseminateFormat">no</error>')
            if not since or not until or since > until:
                return _envelope('<error code="badArgument">from and until, in order</error>')
        found = sorted(
            (record for record in self.records if since <= record.datestamp <= until),
            key=lambda record: (record.datestamp, record.number),
        )
        if not found:
            return _envelope('<error code="noRecordsMatch">nothing</error>')
        page, rest = found[start : start + self.page_size], found[start + self.page_size :]
        body = "".join(record.xml(prefix) for record in page)
        if rest:
            token = f"t{len(self.tokens) + 1}-{start + self.page_size}"
            self.tokens[token] = (start + self.page_size, prefix, since, until)
            body += f'<resumptionToken completeListSize="{len(found)}">{token}</resumptionToken>'
        elif start:
            body += "<resumptionToken/>"
        return _envelope(f"<ListRecords>{body}</ListRecords>")


def _envelope(body: str) -> str:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    head = f'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="{OAI}">'
    return f"{head}<responseDate>{now}</responseDate>{body}</OAI-PMH>"
