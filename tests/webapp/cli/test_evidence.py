"""A pack made by command from a crawled site, and verified with nothing but sha256sum and warcio."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from indexer.engine.connect import client
from indexer.engine.node import Node
from indexer.engine.store import Store
from tests.crawlers.scripted import DIRECTORY, Answer, Asked, serving, write_source
from tests.crawlers.sites import good
from tests.crawlers.tsa import Authority, stamping
from tests.webapp.cli.conftest import ROOT, Tool
from webapp.cli import cli

MEMBERSHIP = {"class": "KPU", "year": 2020, "published": {"day": "2020-03-01", "assumed": True}}
CONTACT = "<p>联系人：王小明，电话 13800138000</p>"


def padded(asked: Asked) -> Answer:
    """The good site with enterprises' pages that are long enough to be stored once, and name a person."""
    told = good(asked)
    if asked.path == "/info.jsp":
        return Answer(told.data + f"{CONTACT}<!--{'.' * 600}-->".encode())
    return told


@pytest.fixture(scope="module")
def crawled(es_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Tool, dict[str, Any]]]:
    """A site crawled twice, stamped, indexed and judged once for all tests: the tool, and a duty with its proof."""
    folder, prefix = tmp_path_factory.mktemp("evidence"), f"test-{uuid.uuid4().hex[:8]}"
    patch = pytest.MonkeyPatch()
    for name, value in {"VAR": folder / "data", "SOURCES": folder / "sources", "CLOCK": "2021-07-05",
                        "ELASTICSEARCH_URL": es_node.url, "INDEX_PREFIX": prefix}.items():  # fmt: skip
        patch.setenv(f"QINGCE_{name}", str(value))
    patch.setenv("PYTHONPATH", str(ROOT))

    def qingce(*words: str) -> Result:
        return CliRunner().invoke(cli, list(words), catch_exceptions=False)

    with serving(padded) as site, stamping(Authority()) as url:
        patch.setenv("QINGCE_TIMESTAMP_URL", url)
        write_source(folder / "sources", "good", site.url, **DIRECTORY, membership=MEMBERSHIP)
        for words in (["sources", "enable", "good"], ["crawl", "good"], ["crawl", "good"], ["index"], ["scan"]):
            assert qingce(*words).exit_code == 0, words
    with client(es_node.url) as made:
        store = Store(made, prefix)
        store.refresh("duties")
        yield qingce, next(d for d in store.scan("duties", {"term": {"obligation": "O31-1"}}) if d["found"])
        store.drop()
    patch.undo()


def unpacked(file: Path, into: Path) -> Path:
    with zipfile.ZipFile(file) as pack:
        pack.extractall(into)
    return into / file.stem


def verified(pack: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sha256sum", "-c", "--quiet", "MANIFEST.sha256"], cwd=pack, capture_output=True, text=True, check=False
    )


def warcio_check(pack: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", "captures.warc.gz"]
    return subprocess.run(command, cwd=pack, capture_output=True, text=True, check=False)


def test_a_duty_is_packed_whole_and_verifies_offline(crawled: tuple[Tool, dict[str, Any]], tmp_path: Path) -> None:
    qingce, duty = crawled
    result = qingce("evidence", duty["id"], "--out", str(tmp_path / "pack.zip"))
    assert result.exit_code == 0 and "for staff only" in result.output, result.output
    pack = unpacked(tmp_path / "pack.zip", tmp_path / "there")
    assert verified(pack).returncode == 0
    checked = warcio_check(pack)
    assert checked.returncode == 0 and "digest pass" in checked.stdout and "failed" not in checked.stdout
    record = json.loads((pack / "record.json").read_text(encoding="utf-8"))
    _stands_alone(pack, record)
    _is_chained(pack, record)
    page = (pack / "index.html").read_text(encoding="utf-8")
    assert "仅供工作人员" in page and duty["due_words"] in page and duty["due"] in page
    assert "见到" in page and "<script" not in page and not re.search(r'(?:src|href)="', page)
    (pack / "record.json").write_text("{}", encoding="utf-8")
    assert "record.json: FAILED" in verified(pack).stdout


def _stands_alone(pack: Path, record: dict[str, Any]) -> None:
    """Every capture that the record cites is in the archive, with its request, and the bytes of every revisit."""
    with (pack / "captures.warc.gz").open("rb") as stream:
        heads = [record.rec_headers for record in ArchiveIterator(stream)]
    ids = {head.get_header("WARC-Record-ID") for head in heads}
    requests = [head for head in heads if head.get_header("WARC-Type") == "request"]
    revisits = [head for head in heads if head.get_header("WARC-Type") == "revisit"]
    assert revisits and all(head.get_header("WARC-Refers-To") in ids for head in revisits)
    assert requests and all(head.get_header("WARC-Concurrent-To") in ids for head in requests)
    cited = {document[name]["digest"] for document in record["disclosures"] for name in ("capture", "last_capture")}
    assert cited <= {one["ref"]["digest"] for one in record["captures"]} and record["problems"] == []
    assert record["visits"] and record["versions"] and record["duties"][0]["rules_version"]


def _is_chained(pack: Path, record: dict[str, Any]) -> None:
    """Each run names the one before by the hash that sha256sum gives, and the newest is stamped."""
    runs = record["chains"]["good"]
    printed = subprocess.run(
        ["sha256sum", *(f"runs/good/{run['run']}/run.json" for run in runs)], cwd=pack, capture_output=True, text=True,
        check=True,
    ).stdout  # fmt: skip
    digests = [line.split()[0] for line in printed.splitlines()]
    assert len(digests) == 2 and runs[1]["previous_sha256"] == digests[0]
    assert json.loads((pack / f"runs/good/{runs[1]['run']}/run.json").read_bytes())["previous"]["sha256"] == digests[0]
    assert runs[1]["stamped"] and (pack / f"runs/good/{runs[1]['run']}.tsr").is_file()


def test_the_public_pack_names_originals_and_shows_none(crawled: tuple[Tool, dict[str, Any]], tmp_path: Path) -> None:
    qingce, duty = crawled
    result = qingce("evidence", duty["enterprise"], "--public", "--out", str(tmp_path / "folder"))
    assert result.exit_code == 0 and "for everyone" in result.output, result.output
    pack = tmp_path / "folder"
    assert verified(pack).returncode == 0 and not (pack / "captures.warc.gz").exists()
    every = "".join(path.read_text(encoding="utf-8") for path in pack.rglob("*") if path.suffix in (".html", ".json"))
    assert "13800138000" not in every and "王小明" not in every and "公开版" in every
    record = json.loads((pack / "record.json").read_text(encoding="utf-8"))
    assert all((pack / one["file"]).is_file() for one in record["captures"])
    assert all(one["ref"]["digest"].removeprefix("sha256:") in every for one in record["captures"])
    assert all(duty["audience"] == "public" for duty in record["duties"])


def test_damaged_evidence_is_named_in_the_pack(crawled: tuple[Tool, dict[str, Any]], tmp_path: Path) -> None:
    qingce, duty = crawled
    archive = sorted((Path(os.environ["QINGCE_VAR"]) / "runs/good").glob("*/captures-*.warc.gz"))[0]
    data = archive.read_bytes()
    archive.write_bytes(data[:900])
    result = qingce("evidence", duty["id"], "--out", str(tmp_path / "folder"))
    archive.write_bytes(data)
    assert result.exit_code == 3 and "damaged or missing" in result.stderr
    assert "不能放入" in (tmp_path / "folder/index.html").read_text(encoding="utf-8")
    assert verified(tmp_path / "folder").returncode == 0 and warcio_check(tmp_path / "folder").returncode == 0


@pytest.mark.parametrize("identifier", ["e-0000000000000000", "e-0000000000000000:O31-1:2020"])
def test_what_is_not_there_is_one_line(crawled: tuple[Tool, dict[str, Any]], identifier: str, tmp_path: Path) -> None:
    qingce, _ = crawled
    result = qingce("evidence", identifier, "--out", str(tmp_path / "new"))
    assert result.exit_code == 2 and "no enterprise or duty" in result.stderr
    assert "is there already" in qingce("evidence", identifier, "--out", str(tmp_path)).stderr
