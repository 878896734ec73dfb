"""Accounts by the command line."""

from __future__ import annotations

import json
import re

from sqlalchemy.orm import Session

from indexer.register.decisions import open_engine
from indexer.settings import load
from tests.webapp.cli.conftest import Tool
from webapp.accounts.store import authenticate


def opens(name: str, password: str) -> bool:
    with Session(open_engine(load().database)) as session:
        return authenticate(session, name, password) is not None


def test_a_generated_password_is_printed_once_and_opens(qingce: Tool) -> None:
    result = qingce("account", "create", "wang", "--region", "31", "--generate")
    assert result.exit_code == 0, result.output
    password = re.search(r"password (\S+)", result.output)
    assert password is not None and opens("wang", password[1])
    rows = json.loads(qingce("account", "list", "--json").stdout)
    assert [(row["name"], row["role"], row["region"], row["active"]) for row in rows] == [
        ("wang", "officer", "31", True)
    ]
    assert password[1] not in qingce("account", "list").output


def test_a_typed_password_is_asked_twice_and_not_shown(qingce: Tool) -> None:
    result = qingce("account", "create", "li", "--role", "admin", input="correct horse\ncorrect horse\n")
    assert result.exit_code == 0 and "correct horse" not in result.output and opens("li", "correct horse")


def test_a_disabled_account_does_not_open_until_enabled(qingce: Tool) -> None:
    qingce("account", "create", "li", input="correct horse\ncorrect horse\n")
    assert qingce("account", "disable", "li").exit_code == 0 and not opens("li", "correct horse")
    assert qingce("account", "enable", "li").exit_code == 0 and opens("li", "correct horse")


def test_another_password_closes_the_old_one(qingce: Tool) -> None:
    qingce("account", "create", "li", input="correct horse\ncorrect horse\n")
    assert qingce("account", "password", "li", input="battery staple\nbattery staple\n").exit_code == 0
    assert opens("li", "battery staple") and not opens("li", "correct horse")


def test_what_cannot_be_is_one_line(qingce: Tool) -> None:
    qingce("account", "create", "li", "--generate")
    for words, said in [
        (["create", "li", "--generate"], "exists already"),
        (["create", "zhao", "--region", "3", "--generate"], "region '3'"),
        (["disable", "nobody"], "no account 'nobody'"),
    ]:
        result = qingce("account", *words)
        assert result.exit_code == 2 and said in result.stderr and result.stderr.count("\n") == 1
