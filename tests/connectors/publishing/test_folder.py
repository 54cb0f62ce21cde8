"""Takeaways as Markdown files: ours, and only ours."""

from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.connectors.folder import FolderChannel
from companion.takeaways.letters import Letter, LetterParcel
from companion.takeaways.text import from_markdown
from connectors.publishing.made import a_parcel
from takeaways.made import NOON, a_takeaway


def names(folder: Path) -> list[str]:
    return sorted(path.name.partition(".T-")[0] for path in folder.iterdir())


def test_a_file_reads_well_and_comes_back(tmp_path: Path) -> None:
    FolderChannel(tmp_path).publish([a_parcel(customer_name="Północ Logistyka")])
    [path] = tmp_path.iterdir()
    assert path.name.startswith("polnoc-logistyka-they-plan-by-the-tide.T-")
    text = path.read_text("utf-8")
    assert text.startswith("# They plan by the tide\n")
    assert "Północ Logistyka · Heard by Ines Prado (Safety) on 12 November 2026 · for everyone · [T-" in text
    fields = from_markdown(text)
    assert all(value == getattr(a_takeaway(), field) for field, value in fields.items())


def test_the_folder_follows_what_is_published(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path)
    (tmp_path / "theirs.md").write_text("theirs", "utf-8")
    (tmp_path / "a.T-ABCDEFGH.md").write_text("looks like ours, and is not", "utf-8")
    channel.publish([a_parcel(1, headline="One"), a_parcel(2, headline="Two", audience="team:Safety")])
    assert names(tmp_path) == ["a", "marea-boats-one", "theirs.md"]
    channel.send(a_parcel(1, headline="Uno", revision=2))
    channel.send(a_parcel(3, headline="Three"))
    assert names(tmp_path) == ["a", "marea-boats-three", "marea-boats-uno", "theirs.md"]
    channel.retract(a_parcel(3, withdrawn=NOON))
    assert names(tmp_path) == ["a", "marea-boats-uno", "theirs.md"]
    channel.publish([])
    assert names(tmp_path) == ["a", "theirs.md"]


def test_a_folder_has_one_audience(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="channel_other_audience"):
        FolderChannel(tmp_path).send(a_parcel(audience="listeners"))
    with pytest.raises(Problem, match="site_audience"):
        FolderChannel(tmp_path, "me")


def test_the_footer_keeps_label_end_correction_and_whose_reading_it_is(tmp_path: Path) -> None:
    parcel = a_parcel(
        revision=2, audience="team:Safety", expires=NOON.date().replace(year=2027), correction="By day,\nnot by night.",
        origins=(("matters", "interpretation"), ("scene", "interpretation"), ("goal", "heard")),
    )  # fmt: skip
    channel = FolderChannel(tmp_path, "team:Safety")
    channel.publish([parcel])
    [path] = tmp_path.iterdir()
    text = path.read_text("utf-8")
    assert text.partition("\n---\n")[2].strip().split("\n\n") == [
        "Corrected on 12 November 2026: By day, not by night.",
        "The scene: interpretation by Ines Prado.",
        "Why it matters to us in Safety: interpretation by Ines Prado.",
        "For Safety, and for nobody else. Please do not pass it on. Shown until 12 November 2027.",
        "Marea Boats · Heard by Ines Prado (Safety) on 12 November 2026 · for Safety · [T-NSNN7J4P]",
    ]
    assert from_markdown(text)["question"] == a_takeaway().question
    assert channel.preview(parcel).text == text
    channel.publish([a_parcel(held=NOON)])
    assert names(tmp_path) == []


def test_a_folder_takes_no_letters(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="channel_writes_no_letters"):
        FolderChannel(tmp_path).write(LetterParcel(Letter("l", "digest", "a@b.example", "x", NOON, NOON)))


def test_a_folder_can_be_tried(tmp_path: Path) -> None:
    FolderChannel(tmp_path / "new").test()
    assert not list((tmp_path / "new").iterdir())
    with pytest.raises(Problem, match="folder_missing"):
        FolderChannel(tmp_path / "no" / "share").test()
