"""Which channels (公开渠道) are known for a duty: active sources that cover kind × class × region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.law.duties import Duty
from indexer.law.facts import Channel, Covers, Subject
from indexer.law.model import within

WHOLE_COUNTRY = frozenset({"", "00", "10"})
"""Region codes that mean the whole country (``000000``, ``100000``), shortened."""


@dataclass(frozen=True)
class Watched:
    """One channel of one source, and which kinds of the obligation it carries."""

    source: str
    channel: str
    kinds: frozenset[str]
    lawful: bool
    first_capture: date | None
    active_from: date | None = None

    def known_on(self, day: date) -> bool:
        """True where the source existed by ``day``."""
        return self.active_from is None or self.active_from <= day

    def first_by(self, day: date) -> date | None:
        """The first capture, where it had been made by ``day``."""
        return self.first_capture if self.first_capture is not None and self.first_capture <= day else None

    def watched_by(self, due: date) -> bool:
        """True where it was looked at well on or before the due day."""
        return self.first_capture is not None and self.first_capture <= due


def watched(duty: Duty, subject: Subject) -> list[Watched]:
    """Every channel that may carry the duty; one that ended before the window of looks opened is none.

    The lack of a region never makes a channel unknown: more channels must then be proven empty, which accuses less.
    """
    opens = duty.due.latest + timedelta(days=duty.obligation.grace_days)
    kinds: dict[tuple[str, str], frozenset[str]] = {}
    by_source = {channel.source: channel for channel in subject.channels}
    for channel in subject.channels:
        if channel.active_to is None or channel.active_to > opens:
            for name, covered in _covered(channel, duty, subject):
                key = (channel.source, name)
                kinds[key] = kinds.get(key, frozenset()) | covered
    return [_of(source, name, found, duty, by_source[source]) for (source, name), found in sorted(kinds.items())]


def lawful(duty: Duty, channel: str) -> bool:
    """True where the law prescribes this channel, or prescribes none."""
    return not duty.obligation.must or channel in duty.obligation.must


def _of(source: str, name: str, kinds: frozenset[str], duty: Duty, channel: Channel) -> Watched:
    return Watched(source, name, kinds, lawful(duty, name), channel.first_capture, channel.active_from)


def _covered(channel: Channel, duty: Duty, subject: Subject) -> Iterator[tuple[str, frozenset[str]]]:
    for cover in channel.covers:
        kinds = cover.kinds & frozenset(duty.obligation.kinds)
        if kinds and _classes(cover, duty) and in_regions(cover, subject):
            yield cover.channel, kinds


def _classes(cover: Covers, duty: Duty) -> bool:
    """True where the source carries the kind for a class that carries the duty.

    A prescribed channel counts by every class of the subject: the chapter that those under an audit owe stands in the
    system that carries the yearly reports of those on the list.
    """
    prescribed = cover.channel in duty.obligation.must
    own_classes = duty.classes | duty.all_classes if prescribed else duty.classes
    return any(within(own, covered) for own in own_classes for covered in cover.classes)


def in_regions(cover: Covers, subject: Subject) -> bool:
    """True where a cover holds for the region of the subject, or one of them has none."""
    prefixes = {_short(code) for code in cover.regions}
    if not prefixes or prefixes & WHOLE_COUNTRY or not subject.region_path:
        return True
    own = [_short(code) for code in subject.region_path]
    deepest = max(own, key=len)
    # A subject of which only the province is known may lie in any of its cities.
    return any(code.startswith(prefix) for code in own for prefix in prefixes) or any(
        prefix.startswith(deepest) for prefix in prefixes
    )


def _short(code: str) -> str:
    code = code[:6]
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code
