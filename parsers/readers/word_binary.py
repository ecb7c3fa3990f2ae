"""Word files of before 2007 (.doc): what an OLE container holds, and its conversion by LibreOffice where that is there.

LibreOffice runs on a copy in a folder of its own that is deleted afterwards, with a profile of its own in which macros
and links to other files are off, without network as far as the system allows, and no longer than `TIMEOUT_SECONDS`.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from parsers.errors import Refusal

TIMEOUT_SECONDS = 120.0
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PROGRAMS = ("soffice", "libreoffice")
_LARGEST_RESULT = 256 * 1024 * 1024
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def check_ole(data: bytes) -> None:
    """Raise `Refusal` where an OLE container holds no Word document, or one under a password."""
    if _names(data, "EncryptedPackage"):
        raise Refusal(
            "word-encrypted",
            "this is an Office file under a password",
            "open it with its password and save it without one",
        )
    if not _names(data, "WordDocument"):
        kinds = (("Workbook", "an Excel workbook"), ("PowerPoint Document", "a PowerPoint presentation"))
        kind = next((name for stream, name in kinds if _names(data, stream)), "an OLE file")
        raise Refusal(
            "unsupported-format",
            f"this is {kind}, not a Word file",
            "give the PDF, the Word file (.docx) or the text of the document",
        )


def convert_doc(data: bytes, *, timeout_seconds: float = TIMEOUT_SECONDS) -> bytes:
    """The same document as .docx. Raises `Refusal` where LibreOffice is not installed, fails, or takes too long."""
    check_ole(data)
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Refusal(
            "word-converter-missing",
            "this is a Word file of before 2007 (.doc), which only LibreOffice can convert, and it is not installed",
            "install LibreOffice (`soffice`), or give the .docx or the PDF",
        )
    with tempfile.TemporaryDirectory(prefix="unbitext-doc-") as folder:
        return _convert(program, data, Path(folder), timeout_seconds)


def _convert(program: str, data: bytes, folder: Path, timeout_seconds: float) -> bytes:
    source, result = folder / "document.doc", folder / "out" / "document.docx"
    source.write_bytes(data)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    command = [
        *_without_network(),
        program,
        f"-env:UserInstallation={profile.parent.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(result.parent), str(source)),
    ]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        # Nothing answers there: what would go out through a proxy goes nowhere.
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            raise _failed(f"it did not end within {timeout_seconds:g} seconds") from None
        finally:
            # LibreOffice starts a process of its own, which outlives the one that was started.
            _end_group(process.pid)
    if process.returncode != 0 or not result.is_file():
        raise _failed(f"it ended with code {process.returncode} and without a result")
    if result.stat().st_size > _LARGEST_RESULT:
        raise _failed("its result is larger than any document")
    return result.read_bytes()


def _end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _without_network() -> list[str]:
    """What to put before a command so that it has no network; nothing where the system does not allow it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    prefix = [unshare, "--map-root-user", "--net", "--"]
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False, timeout=10)
    return prefix if tried.returncode == 0 else []


def _names(data: bytes, stream: str) -> bool:
    """Whether the container's directory names a stream (names are UTF-16 in OLE)."""
    return stream.encode("utf-16-le") in data


def _failed(why: str) -> Refusal:
    return Refusal(
        "word-converter-failed",
        f"LibreOffice did not convert the Word file: {why}",
        "save it as .docx with Word, or give the PDF",
    )
