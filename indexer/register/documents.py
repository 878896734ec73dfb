"""The documents that Elasticsearch holds, one typed shape an index.

Instants are ISO 8601 in UTC with ``Z``; days are ``YYYY-MM-DD`` in Asia/Shanghai. Every document has a deterministic
``id``: building it twice from the same run folders gives the same id and the same bytes.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Outcome = Literal["found", "absent", "unreadable", "blocked", "failed"]
State = Literal[
    "exempt", "not_due", "not_observable", "missing", "withdrawn", "elsewhere_only",
    "contradicted", "partial", "stale", "late", "met",
]  # fmt: skip
Audience = Literal["public", "staff", "confirmed_only"]


class CaptureRef(TypedDict):
    """Where the archived bytes lie: gzip member ``offset`` of WARC ``file`` in run ``run``; SHA-256 of the body."""

    run: str
    file: str
    offset: int
    digest: str


Span = TypedDict("Span", {"from": str, "to": str | None})
"""An interval of days in which something held; ``to`` is None while it still holds."""


class Name(TypedDict):
    """A name an enterprise was disclosed under, with the first and last day it was seen."""

    name: str
    first: str
    last: str
    current: bool


class Identity(TypedDict):
    """One source's own idea of an enterprise: ``external_id`` is the site's id, else its folded name|region."""

    source: str
    external_id: str


class Membership(TypedDict):
    """One line of one list: the enterprise is in class ``cls`` by the list of ``year``.

    ``published`` is the list's proven publication day, else None and ``published_from``..``published_to`` bound it.
    ``valid_from``/``valid_to``: days of membership where the list states them (a permit's validity), else None.
    """

    cls: str
    year: int | None
    published: str | None
    published_from: str | None
    published_to: str | None
    valid_from: str | None
    valid_to: str | None
    first_seen: str
    """Day of the first capture that shows it: as_of earlier than this does not know it."""
    source: str
    url: str
    capture: CaptureRef
    assumed: bool
    """True where the publication day is an assumption written in the source's YAML."""
    extra: NotRequired[dict[str, str]]
    """Facts printed beside the row that rules need: ``management``, ``industry``, ``permit_no``."""


class IdentityName(TypedDict):
    """A name one source printed for an identity, in which kinds, from first to last sighting (instants)."""

    name: str
    first: str
    last: str
    kinds: list[str]


class IdentityDoc(TypedDict):
    """All that one source says of one subject (alias ``identities``); enterprises are a pure function of these.

    Lists are unions over all runs, instants minima and maxima, so that the order of indexing does not matter.
    """

    id: str
    """``i-`` + 16 hex of sha256(``source|external_id``)."""
    key: str
    """``source|external_id``."""
    source: str
    external_id: str
    own_id: bool
    """True where ``external_id`` is the site's own id, False where it is folded name|region."""
    names: list[IdentityName]
    former_names: list[str]
    usccs: list[str]
    permit_nos: list[str]
    addresses: list[dict[str, str]]
    """``{value, at}``: each value and when it was last printed; the latest is current. Likewise the next ones."""
    regions: list[dict[str, str]]
    legal_reps: list[dict[str, str]]
    industries: list[dict[str, str]]
    locations: list[dict[str, str]]
    memberships: list[Membership]
    kinds: list[str]
    pollutants: list[str]
    recorded: bool
    """False where only visits name it: such an identity founds no enterprise."""
    first_at: str
    first_run: str
    last_at: str
    block: list[str]
    """What identities are compared by: ``u:<credit code>``, ``p:<permit>``, ``n:<folded name>`` … (see traits.py)."""
    enterprise: str | None
    """Id of the enterprise it belonged to when it was last resolved."""


class Enterprise(TypedDict):
    """One site of an enterprise (alias ``enterprises``)."""

    id: str
    name: str
    names: list[Name]
    search_names: list[str]
    """Every name, former name and short name, folded (NFKC, simplified, no brackets' content lost)."""
    abbreviations: list[str]
    """One character each of place and trade: 宝钢 of 宝山钢铁股份有限公司."""
    pinyin: list[str]
    initials: list[str]
    syllables: list[str]
    """Pinyin of the names with the syllables apart, for words from the middle of a name."""
    uscc: str | None
    uscc_valid: bool | None
    usccs: list[str]
    permit_nos: list[str]
    legal_rep: str | None
    """Staff only: never rendered on a public page."""
    address: str | None
    region: str | None
    """GB/T 2260 code of the county where known, else of the city or province."""
    region_path: list[str]
    """Codes from province to county, for filters."""
    region_name: str
    industry: str | None
    industry_path: list[str]
    """Codes of GB/T 4754-2017 from section to class, for filters."""
    location: NotRequired[dict[str, float]]
    """``{"lat": …, "lon": …}`` in degrees."""
    identities: list[Identity]
    identity_keys: list[str]
    """``source|external_id`` of each identity, for look-up."""
    memberships: list[Membership]
    classes: list[str]
    sources: list[str]
    aliases: NotRequired[list[str]]
    """Ids this enterprise has had or could have had (one a member identity): an old link finds it by them for ever."""
    pollutants: list[str]
    """Canonical pollutant names disclosed, for search and facets."""
    kinds: list[str]
    first_seen: str
    last_seen: str
    suggestions: list[str]
    """Doubtful matches: ids of enterprises that may be the same, for a person to decide."""
    duty_states: NotRequired[dict[str, int]]
    """Count of today's duties by public state, written by the scan."""
    severities: NotRequired[list[str]]
    """Severities of today's findings that the public sees, written by the scan."""


class Disclosure(TypedDict):
    """One version of one disclosed item (alias ``disclosures``): a document per (key, content)."""

    id: str
    key: str
    source: str
    channel: str
    kind: str
    enterprise: str
    external_id: str
    identity_key: str
    subject_name: str
    region_path: list[str]
    url: str
    title: str
    published: str | None
    """Day the page itself states as its publication day."""
    period: str | None
    """``2024``, ``2024Q1``, ``2024-03`` or None."""
    outlet: str | None
    pollutants: list[str]
    document_no: str | None
    authority: str | None
    """Folded name of the authority that decided or issued it."""
    fields: dict[str, str]
    """The site's own headers and values, as printed (public ones only)."""
    staff_fields: dict[str, str]
    """Headers and values that only staff may see (contacts)."""
    facts: dict[str, Any]
    """Canonical field key → normalised value (see indexer/normalise/fields.py)."""
    present: list[str]
    """Canonical field keys that carry a value."""
    not_produced: list[str]
    """Canonical field keys stated as 未产生/无/不适用 with or without a reason (O24 art. 16)."""
    text: str
    rows: int
    capture: CaptureRef
    """The first capture that shows this content."""
    last_capture: CaptureRef
    place: str
    sightings: list[str]
    """Instant of every good visit that saw it, ascending."""
    runs: list[str]
    """The run behind each sighting, in the same order: what spans are computed from."""
    seen: list[Span]
    first_seen: str
    last_seen: str
    gone: bool
    """True where the last good visit of its key did not see it."""
    missed: NotRequired[list[str]]
    """Days of good visits since then that saw no version of its key, at most the first three; none of rolling pages."""
    withdrawn: NotRequired[str]
    """The third of these days: it was taken down (撤下), no single slip of the site."""


class Beside(TypedDict, total=False):
    """What stands beside a value; a key is there only where the site printed it."""

    mark: str
    """Mark of ``vocabulary/marks.yaml``: ``stopped``, ``maintenance``, ``calibration``, ``missing`` (-9999) …"""
    measured: float
    """Value before conversion to reference oxygen (实测), where the converted one (折算) is the ``value``."""
    unconverted: bool
    """True where only the measured value was printed, under a heading that says so: it is the ``value`` then."""
    decimals: int
    """Decimals printed, where zeros at the end hide them (``35.20``): else the number itself tells them."""
    times: float
    """Stated times over the limit (超标倍数)."""
    oxygen: float
    """Oxygen content of the gas, %."""
    flow: float
    """Flow printed in the row, m³/h."""
    published: str
    """When the row says it was published, on the clock of Shanghai: ``2026-10-12T04:10``, or the day alone."""


class Measurement(Beside):
    """One disclosed value (alias ``measurements`` over one index a year)."""

    id: str
    enterprise: str
    source: str
    identity_key: str
    outlet: str | None
    outlet_name: str | None
    medium: str | None
    pollutant: str
    """Canonical name, else the raw word."""
    pollutant_code: str | None
    pollutant_raw: str
    time: str
    averaging: str | None
    value: float | None
    censored: str | None
    """``lt`` below the detection limit ``dl``."""
    dl: float | None
    unit: str | None
    limit_low: float | None
    limit_high: float | None
    verdict: str | None
    """``ok`` or ``over`` as the site states it."""
    present: list[str]
    """Canonical keys of the M3 field list that the row carries."""
    standard: NotRequired[str]
    """The standard that the row names, as printed."""
    revision: int
    """Number of this content among those of its (outlet, pollutant, time), by first sighting; the current one is
    the one seen last."""
    first_seen: str
    last_seen: str
    capture: CaptureRef
    place: str


class VisitDoc(TypedDict):
    """One look (alias ``visits``). ``scope`` page: at one subject's page; walk: at a whole list."""

    id: str
    scope: Literal["page", "walk"]
    source: str
    channel: str
    kind: str
    run: str
    at: str
    day: str
    identity_key: str | None
    enterprise: str | None
    period: str | None
    region: str | None
    url: str | None
    outcome: Outcome
    """A walk is ``found`` where complete; otherwise the reason's outcome (``failed``, ``blocked``, ``unreadable``)."""
    reason: str | None
    complete: bool | None
    stated_total: int | None
    rows_seen: int | None
    pages_ok: int | None
    pages_failed: int | None
    capture: CaptureRef | None
    said: NotRequired[dict[str, Any]]
    """Of a run that is held or rejected: ``outcome``, ``reason`` and ``complete`` of the crawl, which do not count."""


class RunDoc(TypedDict):
    """One indexed run folder (alias ``runs``); written last, so its presence says that all of it is in."""

    id: str
    source: str
    kind: str
    status: str
    reason: str | None
    started: str
    finished: str | None
    parser: str
    clock: str
    sha256: str
    """Hash of run.json when it was indexed: a changed folder is indexed anew."""
    counts: dict[str, int]
    issues: int
    issue_rows: list[dict[str, Any]]
    """At most 200 issue rows of crawl and interpretation: ``{severity, code, message, url, place, count}``."""
    unknown: list[dict[str, Any]]
    """Words that the vocabulary lacks: ``{part, kind, word, count, words, url, place}`` (register/unknown.py)."""
    unknown_words: int
    hold: NotRequired[str]
    """``held``: so much would disappear that a person must look first; then ``released`` or ``rejected``."""
    hold_words: NotRequired[str]
    """How much would disappear, or who decided what."""
    list_change: NotRequired[dict[str, Any]]
    """Against the list of the good run before: ``{against, before, now, added, gone}``, names at most 1,000 each."""


class ChannelLook(TypedDict):
    """What one channel's visits say about one duty: the proof of a state."""

    source: str
    channel: str
    lawful: bool
    """True where the obligation's law names this channel (or names none)."""
    first_capture: str | None
    good: list[str]
    """Days of good visits after due and grace that did not find it (at most the last 10)."""
    good_count: int
    bad: list[dict[str, str]]
    """Failed looks after due and grace: ``{day, outcome, reason}`` (at most the last 10)."""
    visits: list[str]
    """Ids of the visit documents behind ``good`` and ``bad``."""
    found: bool


class FindingDoc(TypedDict):
    """One reasoned lead on a duty; never a conclusion (线索,非结论)."""

    rule: str
    rule_version: str
    severity: Literal["S1", "S2", "S3", "S4"]
    confidence: Literal["high", "medium", "low"]
    audience: Audience
    words: str
    """The arithmetic in words and numbers, in Chinese."""
    captures: list[CaptureRef]
    visits: list[str]


class Duty(TypedDict):
    """Today's state of one subject × obligation × period (alias ``duties``)."""

    id: str
    enterprise: str
    enterprise_name: str
    region_path: list[str]
    obligation: str
    item: str
    """Chinese name of the item to disclose."""
    kind: str
    period: str
    state: State
    public_state: str
    """What the public sees: ``state``, or ``disclosed``/``not_observable`` where law or proof is not strong enough."""
    reason: str | None
    """Of not_observable: ``no_channel``, ``before_observation``, ``awaiting_visits 1/3``, ``bad_channel``,
    ``channel_unproven``; of exempt: the decision or article."""
    due: str | None
    """Latest end of the due range (late only beyond it)."""
    due_earliest: str | None
    due_provisional: bool
    due_words: str
    """How the due day came about, article by article, in Chinese."""
    basis: str
    """``生态环境部令第24号 第十二、十三、十九条``."""
    law_seen: bool
    """False where the row is from memory: 待核对, staff only."""
    first_seen: str | None
    published: str | None
    delay_days: int | None
    timeliness_known: bool
    completeness: float | None
    missing_fields: list[str]
    found: list[str]
    """Ids of disclosures that answer the duty."""
    channels: list[ChannelLook]
    all_lawful_watched: bool
    """False: the public words are 在已查渠道未见, never 未公开."""
    findings: list[FindingDoc]
    severity: str | None
    audience: Audience
    decision: str | None
    """Id of the latest human decision on it, if any."""
    decision_kind: str | None
    as_of: str
    rules_version: str
    vocabulary_version: str


class DutyEvent(TypedDict):
    """From ``day`` to the day before ``until`` a duty stood like this (alias ``duty_events``).

    It holds what a list of a past day is narrowed, counted and sorted by; rows shown are judged anew from the facts.
    """

    id: str
    duty: str
    enterprise: str
    region_path: list[str]
    obligation: str
    period: str
    day: str
    until: str | None
    """Day of the next event of this duty; null where none is known."""
    before: str | None
    """The state before; the same as ``after`` where only something else changed, such as the severity."""
    after: str
    """The state, or ``void`` where the duty turned out never to have been one."""
    public_state: str
    reason: str | None
    due: str | None
    severity: str | None
    law_seen: bool
    audience: Audience
    decision_kind: str | None
    sources: list[str]
    """Sources of the channels known in these days."""
    rules_version: str


class Finding(TypedDict):
    """One finding of a subject (alias ``findings``): all instances of one (rule, obligation, period) together.

    What is open on a day is a pure function of the facts up to it; ``spans`` are kept from scan to scan.
    """

    id: str
    enterprise: str
    enterprise_name: str
    region_path: list[str]
    rule: str
    rule_version: str
    group: str
    """missing, late, incomplete, stale or inconsistent."""
    obligation: str | None
    period: str | None
    duty: str | None
    """Id of the duty that it speaks of, where it speaks of one."""
    severity: Literal["S1", "S2", "S3", "S4"]
    """The worst of its instances."""
    confidence: Literal["high", "medium", "low"]
    """The least certain of its instances."""
    audience: Audience
    law_seen: bool
    words: str
    """The arithmetic of at most five instances, the worst first, and 线索,非结论."""
    instances: int
    captures: list[CaptureRef]
    """Of both sides, at most twenty; likewise the next two."""
    visits: list[str]
    found: list[str]
    """Ids of the disclosures that it speaks of."""
    to_authority: bool
    """True where it asks something of the authority, not of the enterprise."""
    state: Literal["open", "closed"]
    since: str
    """The day from which its earliest instance has been known."""
    last_seen: str
    """The last day of a sighting or look that it rests on."""
    closed: str | None
    """The day of the scan that no longer found it."""
    spans: list[Span]
    """When it was open; ``to`` is the first day on which it no longer was."""
    decision: str | None
    decision_kind: str | None
    rules_version: str
    vocabulary_version: str


class ScoreHead(TypedDict):
    """One word of a score: ``value`` 0..100 (None: nothing can be said), ``weight`` its share of the total."""

    key: str
    title: str
    value: float | None
    weight: float


class ScoreLine(TypedDict):
    """Points that one thing earned and lost: all ``earned`` add up to the total, all ``lost`` to what lacks to 100."""

    head: str
    """Key of the head; ``cap`` and ``shrink``: what was done to the whole."""
    part: str
    group: str
    about: str
    """What ``ref`` names: ``duty``, ``finding``, ``group`` of items, ``fact`` (nothing to look up)."""
    ref: str
    words: str
    earned: float
    lost: float
    g: float | None
    weight: float | None


class ScoreRank(TypedDict):
    """Place among those of one scope; ``low`` … ``high``: best and worst place under each change of one weight."""

    scope: str
    """Code of the region, or ``all``."""
    rank: int
    of: int
    low: int
    high: int


class Score(TypedDict):
    """One subject's score under one rubric for one reader in one month (alias ``scores``).

    A month's row is that of the last day reckoned in it, so that past months stay as they were at their end.
    """

    id: str
    """``<subject>:<rubric>:<reader>:<month>``."""
    kind: Literal["enterprise", "authority", "province", "city"]
    subject: str
    """Id of the enterprise or authority, code of the region."""
    name: str
    region: str | None
    region_path: list[str]
    rubric: str
    rubric_version: str
    """Version and digest of the rubric's file, version of the formulas."""
    reader: Literal["public", "staff"]
    """For whom: the public's rests on what the public may see, nothing else."""
    month: str
    as_of: str
    since: str
    """First day of the period looked back over."""
    total: float | None
    grade: str | None
    doubt: str | None
    """Why it is not ranked: ``few_observed``, ``few_heads``, ``head:<key>``; None where it is."""
    observable: float
    due: int
    observed: int
    subjects: int | None
    """Of a region: enterprises with something due; None of others."""
    ranked: int | None
    """Of a region: those of them whose scores count."""
    heads: list[ScoreHead]
    lines: list[ScoreLine]
    capped: list[str]
    ranks: list[ScoreRank]
    ranked_on: str | None
    """The day on which the ranks were made."""
    objection: dict[str, str] | None
    """``day`` and ``until``: until then the public rank stays as it was before the objection."""
    rules_version: str


class PrintDoc(TypedDict):
    """Prints of what an enterprise first disclosed in one month (alias ``prints``); see ``register/prints.py``."""

    id: str
    enterprise: str
    name: str
    sort: Literal["text", "day"]
    month: str
    prints: list[str]
    known: dict[str, str]
    """Print → the first day on which it was seen."""
