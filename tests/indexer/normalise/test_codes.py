"""Codes: GB 32100 check digits, repairs only as suggestions, permit numbers opaque at the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise import codes

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [3**n % 31 for n in range(17)]


@pytest.mark.parametrize(
    "text", ["91330100799655058B", "914403001922038216", "91130200699229617X", " 9113-0200699229617x "]
)
def test_worked_codes_are_valid(text: str) -> None:
    found = codes.uscc(text)
    assert found is not None and found.valid and found.suggestion is None


@pytest.mark.parametrize(
    "text", ["91230600716671629P", "91640000788225076K", "91222404662467971D", "913101167800233824"]
)
def test_real_failures_are_kept_and_flagged(text: str) -> None:
    found = codes.uscc(text)
    assert found is not None and found.value == text and not found.valid


def test_a_letter_typed_for_a_digit_is_suggested_never_applied() -> None:
    found = codes.uscc("91520198MAAMOWECXQ")
    assert found == codes.Code("91520198MAAMOWECXQ", False, "91520198MAAM0WECXQ")


@pytest.mark.parametrize("text", ["", "无", "9113020069922961", "91130200699229617XX", "企业"])
def test_what_has_not_the_shape_is_no_code(text: str) -> None:
    assert codes.uscc(text) is None


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17))
def test_the_check_digit_is_that_of_the_standard(body: str) -> None:
    """Computed here from the standard's own formula, whatever the library does."""
    body = "91" + "310000" + body[8:]
    check = ALPHABET[(31 - sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS, strict=True)) % 31) % 31]
    found = codes.uscc(body + check)
    assert found is not None and found.valid
    for other in set("0123456789") - {check}:
        wrong = codes.uscc(body + other)
        assert wrong is not None and not wrong.valid


def test_organisation_codes() -> None:
    assert codes.org_code("79965505-8") == codes.Code("799655058", True)
    assert codes.org_code("19220382-1") == codes.Code("192203821", True)
    wrong = codes.org_code("79965505-9")
    assert wrong is not None and not wrong.valid
    assert codes.org_code("null") is None


def test_permit_numbers() -> None:
    found = codes.permit_no("9131011756956752XQ001P")
    assert found is not None and (found.code.value, found.site, found.mark) == ("9131011756956752XQ", "001", "P")
    assert codes.permit_no("沪环保许防（2017）2018号") is None
