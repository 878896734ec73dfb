"""A person's own look: somebody opened a page, saw or did not see what is due, and kept a picture of it.

It counts as a page visit of that day. Of the person only the role is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawlers import clock as clocks
from crawlers import settings as settings_module
from crawlers.errors import ClockError
from crawlers.importing import definition
from crawlers.importing.errors import ImportRefusedError
from crawlers.importing.material import is_url
from crawlers.items import Seen
from crawlers.kinds import KINDS, Outcome
from crawlers.runs import Run
from crawlers.source import Source, effective
from crawlers.subjects import Subject
from crawlers.visits import Look, page_visit

ROLES = ("officer", "inspector", "clerk", "operator", "volunteer")
OUTCOMES: tuple[Outcome, ...] = ("found", "absent")
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}


@dataclass(frozen=True)
class PersonalLook:
    """What a person of a ``role`` saw ``at`` an instant (ISO 8601; of a day its noon); ``screenshot`` proves it."""

    source: str
    kind: str
    subject: Subject
    outcome: Outcome
    url: str
    at: str
    role: str
    screenshot: Path
    period: str | None = None


def record_look(look: PersonalLook, var: Path, folders: tuple[Path, ...] | None = None) -> Path:
    """Write the look as a run of kind ``import``; returns its folder. Raises ImportRefusedError before writing."""
    clock = clocks.read()
    source = _source(look.source, var, folders or settings_module.load().source_folders)
    at = _checked(look, source, clock.stamp())
    clocks.checked(clock, [] if source.loopback else [source.name])
    data, content_type = _picture(look.screenshot)
    run = Run(var, source, clock, "import")
    filled = False
    try:
        capture = run.captures.write_resource(look.url, content_type, data, at, look.screenshot.name)
        said = Look(look.outcome, Seen(look.url, at, capture), f"looked at by a person ({look.role})")
        run.visits.add(page_visit(source.name, look.kind, look.subject, said, look.period))
        run.commit()
        filled = True
    finally:
        run.finish("finished" if filled else "aborted", None if filled else "the look was not recorded whole")
    return run.folder


def _source(name: str, var: Path, folders: tuple[Path, ...]) -> Source:
    yaml = definition.yaml_source(name, folders)
    found = effective(name, folders) if yaml is not None else definition.stored(var, name)
    if found is None:
        raise ImportRefusedError(f"source: {name} is unknown; name the channel that was looked at")
    return found


def _checked(look: PersonalLook, source: Source, now: str) -> str:
    covered = sorted({kind for cover in source.data["covers"] for kind in cover["kinds"]})
    for name, value, wrong in (
        ("kind", look.kind, look.kind not in KINDS and f"one of {', '.join(KINDS)}"),
        ("kind", look.kind, look.kind not in covered and f"covered by {source.name}: {', '.join(covered)}"),
        ("outcome", look.outcome, look.outcome not in OUTCOMES and f"one of {', '.join(OUTCOMES)}"),
        ("role", look.role, look.role not in ROLES and f"a role, never a name: {', '.join(ROLES)}"),
        ("url", look.url, not is_url(look.url) and "the http or https address that was looked at"),
        ("subject", dict(look.subject), not any((look.subject["name"], look.subject["external_id"]))
         and "an enterprise's name or its id on that site"),
    ):  # fmt: skip
        if wrong:
            raise ImportRefusedError(f"{name}: {value!r} cannot be; it must be {wrong}")
    try:
        at = clocks.simulated(look.at).stamp()
    except ClockError:
        raise ImportRefusedError(f"at: {look.at!r} cannot be; write for example 2022-04-02T09:30") from None
    if at > now:
        raise ImportRefusedError(f"at: {look.at} lies in the future; write when the page was looked at")
    return at


def _picture(path: Path) -> tuple[bytes, str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ImportRefusedError(f"{path}: cannot be read: {error.strerror}; check the path") from None
    for signature, content_type in _PICTURES.items():
        if data.startswith(signature):
            return data, content_type
    raise ImportRefusedError(f"{path}: no PNG, JPEG or PDF by its first bytes; save the screenshot as one of these")
