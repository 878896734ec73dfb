"""The commands on the law: what explains a due date, what a change would do, and two people reading a row."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.engine.connect import client
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.law.rules import FOLDER
from tests.webapp.cli.conftest import Tool
from tests.webapp.cli.lawstory import TODAY, judged
from webapp.cli import cli

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for all tests here, as the environment names it; the firm's duties are judged today."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "SOURCES", "DEMO"):
            patch.delenv(f"QINGCE_{name}", raising=False)
        folder = tmp_path_factory.mktemp("law") / "data"
        patch.setenv("QINGCE_VAR", str(folder))
        patch.setenv("QINGCE_CLOCK", TODAY)
        yield folder


@pytest.fixture(scope="module")
def engine(es_node: Node) -> Iterator[None]:
    """The session's Elasticsearch under a prefix of these tests' own."""
    prefix = f"test-{uuid.uuid4().hex[:8]}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QINGCE_ELASTICSEARCH_URL", es_node.url)
        patch.setenv("QINGCE_INDEX_PREFIX", prefix)
        yield
    with client(es_node.url) as made:
        Store(made, prefix).drop()


@pytest.fixture(scope="module")
def qingce(var: Path) -> Tool:
    """The tool, called in this process."""
    return lambda *words, **more: CliRunner().invoke(cli, list(words), catch_exceptions=False, **more)


@pytest.fixture(scope="module")
def story(var: Path, engine: None, qingce: Tool) -> Path:
    """The firm's duties, judged today."""
    judged(var, qingce)
    return var


def told(qingce: Tool, *words: str) -> Any:
    result = qingce(*words, "--json")
    assert result.exit_code == 0, result.output + result.stderr
    return json.loads(result.stdout)


def test_a_due_date_is_explained_article_by_article(qingce: Tool, story: Path) -> None:
    words = qingce("rules", "explain", "O24-Y", TODAY, "甲化工有限公司").output
    assert "2026: due 2027-03-15 (provisional)" in words
    parts = (
        "环境信息依法披露企业（EL，2026年名录，公布日2026-03-25", "生态环境部令第24号 第十二、十三、十九条",
        "次年3月15日前", "2027年节假日安排尚未导入", "状态：not_due",
    )  # fmt: skip
    assert [part for part in parts if part not in words] == []


def test_why_nothing_is_owed_is_said(qingce: Tool, story: Path) -> None:
    assert (
        "不属于承担本项义务的主体：排污许可重点管理"
        in qingce("rules", "explain", "PR-2", TODAY, "甲化工有限公司").output
    )
    before = qingce("rules", "explain", "O24-Y", "2026-03-30", "甲化工有限公司")
    assert "2026: due" in before.output
    over = told(qingce, "rules", "explain", "O31-1", TODAY, "甲化工有限公司")
    assert over["duties"] == [] and "不在效力期间（2015-01-01至2022-02-07）" in over["reasons"][0]


def test_what_cannot_be_explained_is_one_line(qingce: Tool, story: Path) -> None:
    cases = {
        "no obligation 'O99'": ["O99", TODAY, "甲化工有限公司"],
        "is the name of 0 enterprises": ["O24-Y", TODAY, "乙公司"],
        "was not known": ["O24-Y", "2020-01-01", "甲化工有限公司"],
        "'DATE'": ["O24-Y", "morgen", "x"],
    }
    for said, words in cases.items():
        result = qingce("rules", "explain", *words)
        assert result.exit_code == 2 and said in result.stderr and "Traceback" not in result.stderr


def test_a_changed_file_shows_what_it_would_change(qingce: Tool, story: Path, tmp_path: Path) -> None:
    text = (FOLDER / "obligations" / "o24.yaml").read_text(encoding="utf-8")
    assert text.count("Y+1-03-15") >= 1
    changed = tmp_path / "o24.yaml"
    changed.write_text(text.replace("Y+1-03-15", "Y-06-30"), encoding="utf-8")
    found = told(qingce, "rules", "diff", str(changed))
    (moved,) = found["changes"]["due"]["examples"]
    assert (moved["before"], moved["after"], found["states"]) == (
        "2027-03-15",
        "2026-06-30",
        {"not_due → not_observable": 1},
    )
    assert "due days moved: 1 (O24-Y 1)" in qingce("rules", "diff", str(changed)).output
    same = tmp_path / "folder" / "obligations"
    same.mkdir(parents=True)
    (same / "o24.yaml").write_text(text + "\n# a remark\n", encoding="utf-8")
    assert "nothing changes in the results" in qingce("rules", "diff", str(same.parent)).output


def test_rules_that_cannot_be_used_are_one_line(qingce: Tool, var: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "o99.yaml"
    stranger.write_text("[]", encoding="utf-8")
    assert "no rules file has this name" in qingce("rules", "diff", str(stranger)).stderr
    broken = tmp_path / "overrides.yaml"
    broken.write_text("- {obligation: X}", encoding="utf-8")
    result = qingce("rules", "diff", str(broken))
    assert result.exit_code == 1 and "overrides.yaml: row 1" in result.stderr
    assert "there is no such file" in qingce("rules", "diff", str(tmp_path / "none")).stderr


@pytest.fixture(scope="module")
def people(qingce: Tool) -> None:
    """Three accounts, two of whom may sign."""
    for name, role in (("zhang", "legal"), ("li", "admin"), ("wang", "officer")):
        made = qingce("account", "create", name, "--role", role, input=f"{PASSWORD}\n{PASSWORD}\n")
        assert made.exit_code == 0, made.output


def test_two_people_make_a_row_seen_and_the_version_says_so(
    qingce: Tool, story: Path, people: None, tmp_path: Path
) -> None:
    before = told(qingce, "rules", "unverified")
    assert [row["duties"] for row in before] == sorted((row["duties"] for row in before), reverse=True)
    text = tmp_path / "办法.txt"
    text.write_text("第九条 …", encoding="utf-8")
    none = qingce("rules", "sign", "O31-7", "--as", "zhang", "--yes", input=f"{PASSWORD}\n")
    assert none.exit_code == 1 and "no official text is attached" in none.stderr
    done = qingce("rules", "attach", "O31-7", str(text), "--cite", "环境保护部令第31号，公报2015年")
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    assert digest in done.output and (story / "law" / "texts" / digest[:2] / digest).exists()
    first = qingce("rules", "sign", "O31-7", "--as", "zhang", "--yes", input=f"{PASSWORD}\n")
    assert "one more person must sign" in first.output, first.output + first.stderr
    twice = qingce("rules", "sign", "O31-7", "--as", "zhang", "--yes", input=f"{PASSWORD}\n")
    assert twice.exit_code == 1 and "has signed already" in twice.stderr
    wrong = qingce("rules", "sign", "O31-7", "--as", "wang", "--yes", input=f"{PASSWORD}\n")
    assert wrong.exit_code == 1 and "role officer" in wrong.stderr
    waiting = {row["row"]: row for row in told(qingce, "rules", "unverified")}["O31-7"]
    assert waiting["signers"] == ["zhang"] and waiting["text"] == digest
    second = qingce("rules", "sign", "O31-7", "--as", "li", "--yes", input=f"{PASSWORD}\n")
    assert "signed by zhang and li; counts as seen" in second.output, second.output + second.stderr
    assert "O31-7" not in {row["row"] for row in told(qingce, "rules", "unverified")}
    (kept,) = (story / "law" / "editions").glob("*.json")
    edition = json.loads(kept.read_text(encoding="utf-8"))
    assert edition["why"]["signed"] == "O31-7" and edition["version"] == kept.stem != edition["before"]
    assert qingce("rules", "attach", "O31-7", str(text), "--cite", "再次").exit_code == 1


def test_a_wrong_password_signs_nothing(qingce: Tool, story: Path, people: None, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("正文", encoding="utf-8")
    qingce("rules", "attach", "M3", str(text), "--cite", "公告")
    result = qingce("rules", "sign", "M3", "--as", "zhang", "--yes", input="not the password\n")
    assert result.exit_code == 1 and "name or password is wrong" in result.stderr
    unknown = qingce("rules", "attach", "Z9", str(text), "--cite", "公告")
    assert unknown.exit_code == 1 and "no row from memory has this id" in unknown.stderr


def test_what_falls_due_is_listed_the_nearest_first(qingce: Tool, story: Path) -> None:
    found = told(qingce, "due", "--days", "200")
    days = [row["due"] for row in found["rows"]]
    assert found["total"] == len(days) and days == sorted(days) and found["until"] == "2027-06-13"
    (report,) = [row for row in found["rows"] if row["obligation"] == "O24-Y"]
    assert (report["due"], report["due_provisional"], report["first_seen"]) == ("2027-03-15", True, None)
    public = told(qingce, "due", "--days", "200", "--public")["rows"]
    assert report in public and all(row["law_seen"] for row in public) and len(public) < len(found["rows"])
    assert told(qingce, "due", "--days", "200", "--region", "31")["rows"] == []
    line = next(line for line in qingce("due", "--days", "200").output.splitlines() if "O24-Y" in line)
    assert line.split("\t")[0] == "2027-03-15 (provisional)" and "not yet" in line


def test_an_authoritys_duty_is_explained_too(qingce: Tool, story: Path) -> None:
    words = qingce("rules", "explain", "GOV-2", TODAY, "a-9901").output
    assert "甲市生态环境局" in words and "2026: due 2026-03-31" in words and "生态环境部令第24号 第九条" in words
    assert "不属于承担本项义务的主体" in qingce("rules", "explain", "O24-Y", TODAY, "a-9901").output
