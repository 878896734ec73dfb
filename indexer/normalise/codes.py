"""Credit codes (统一社会信用代码, GB 32100-2015), organisation codes (GB 11714-1997), permit numbers (HJ 608-2017).

A wrong code is kept and flagged; a repair is only suggested, for a person to take or leave.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from stdnum.cn import uscc as _uscc

_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Letters outside GB 32100's alphabet and what they were typed for.
_REPAIRS = {"O": "0", "I": "1", "S": "5", "Z": "2"}
_PERMIT = re.compile(r"^(?P<code>[0-9A-Z]{18})(?P<site>\d{3})(?P<mark>[A-Z])$")


@dataclass(frozen=True)
class Code:
    """A code as cleaned, whether its check digit holds, and a repair that would make it hold."""

    value: str
    valid: bool
    suggestion: str | None = None


@dataclass(frozen=True)
class Permit:
    """A permit number (排污许可证编号): credit code, site number of three digits, one opaque letter."""

    value: str
    code: Code
    site: str
    mark: str


def clean(text: str) -> str:
    """NFKC, upper case, without blanks and dashes."""
    return re.sub(r"[\s\-‐-―−]+", "", unicodedata.normalize("NFKC", text)).upper()


@lru_cache(maxsize=100_000)
def uscc(text: str) -> Code | None:
    """The credit code of 18 characters in ``text``, or None where it does not have the shape of one."""
    value = clean(text)
    if not re.fullmatch(r"[0-9A-Z]{18}", value):
        return None
    if _uscc.is_valid(value):
        return Code(value, True)
    return Code(value, False, _repair(value))


def _repair(value: str) -> str | None:
    """The one valid code reached by reading O, I, S, Z as the digits they resemble; None where none or several."""
    options = [(char, _REPAIRS[char]) if char in _REPAIRS else (char,) for char in value]
    found = {"".join(chars) for chars in product(*options)} - {value}
    valid = [code for code in found if _uscc.is_valid(code)]
    return valid[0] if len(valid) == 1 else None


def org_code(text: str) -> Code | None:
    """The organisation code of 9 characters (printed ``79965505-8`` or without the dash), or None."""
    value = clean(text)
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", value):
        return None
    check = 11 - sum(_ALPHANUMERIC.index(char) * weight for char, weight in zip(value, _ORG_WEIGHTS, strict=False)) % 11
    expected = {10: "X", 11: "0"}.get(check, str(check))
    return Code(value, value[8] == expected)


@lru_cache(maxsize=100_000)
def permit_no(text: str) -> Permit | None:
    """The 22-character national permit number in ``text``, or None (local numbers have shapes of their own).

    The last letter is opaque (HJ 608-2017 calls it 标识码 and fixes no check), so it is never validated.
    """
    match = _PERMIT.match(clean(text))
    if match is None:
        return None
    code = uscc(match["code"])
    if code is None:
        return None
    return Permit(match.group(0), code, match["site"], match["mark"])
