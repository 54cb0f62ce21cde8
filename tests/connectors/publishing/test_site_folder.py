"""The site's feed, and whose folder it is."""

from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.connectors.site.channel import SiteChannel
from companion.words.problems import sentence
from connectors.publishing.made import a_parcel
from connectors.publishing.site_files import ATOM, everything, feed_of, index_data
from takeaways.made import NOON


def test_a_feed_reader_finds_what_rfc_4287_asks_for(folder: Path) -> None:
    later = a_parcel(3, revision=2, published=NOON, headline="<b>Bold</b> & new")
    later = type(later)(**{**later.__dict__, "first_published": NOON.replace(day=1)})
    SiteChannel(folder, "company", address="https://intranet.ferro.example/heard").publish([a_parcel(1), later])
    feed = feed_of(folder)
    assert feed.findtext(f"{ATOM}updated") == "2026-11-12T12:00:00Z"
    assert (feed.findtext(f"{ATOM}id") or "").startswith("tag:")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://intranet.ferro.example/heard/feed.xml",
        "alternate": "https://intranet.ferro.example/heard/index.html",
    }
    newest, changed = feed.findall(f"{ATOM}entry")
    assert newest.findtext(f"{ATOM}id") == "tag:companion.invalid,2026:takeaway/t-1"
    assert changed.findtext(f"{ATOM}title") == "<b>Bold</b> & new"
    assert changed.findtext(f"{ATOM}published") == "2026-11-01T12:00:00Z"
    assert changed.findtext(f"{ATOM}updated") == "2026-11-12T12:00:00Z"
    assert changed.findtext(f"{ATOM}author/{ATOM}name") == "Ines Prado"
    content = changed.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert "Nineteen people" in (content.text or "")


def test_an_id_in_the_feed_outlives_the_folder(folder: Path) -> None:
    again = folder.with_name("again")
    for where in (folder, again):
        SiteChannel(where, "company").publish([a_parcel(1)])
    one, other = (feed_of(where).findtext(f"{ATOM}entry/{ATOM}id") for where in (folder, again))
    assert one == other


def test_characters_xml_cannot_write_do_not_break_the_feed(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1, headline="a\x00b\x0c\ud800c", scene="]]>\x1b", quote="\ufffe")])
    assert feed_of(folder).findtext(f"{ATOM}entry/{ATOM}title") == "abc"
    assert len(index_data(folder)) == 1


@pytest.mark.parametrize("name", ["notes.txt", "index.html", ".hidden"])
def test_a_folder_that_holds_other_things_is_left_alone(folder: Path, name: str) -> None:
    folder.mkdir()
    (folder / name).write_text("mine", "utf-8")
    with pytest.raises(Problem, match="site_folder_foreign") as caught:
        SiteChannel(folder, "company").publish([a_parcel(1)])
    assert str(folder) in sentence(caught.value)
    assert everything(folder) == {name: b"mine"}


def test_an_empty_folder_is_taken_and_other_peoples_files_in_it_stay(folder: Path) -> None:
    folder.mkdir()
    (folder / "Thumbs.db").write_bytes(b"")
    channel = SiteChannel(folder, "company")
    channel.publish([a_parcel(1)])
    (folder / "t" / "theirs.html").write_text("theirs", "utf-8")
    (folder / "logo.png").write_text("theirs", "utf-8")
    channel.publish([])
    assert (folder / "t" / "theirs.html").exists()
    assert (folder / "logo.png").exists()
    assert "Nineteen" not in (folder / "t" / "t-1.html").read_text("utf-8")


def test_a_folder_bound_to_others_is_refused(folder: Path) -> None:
    SiteChannel(folder, "team:Safety").publish([a_parcel(1)])
    before = everything(folder)
    with pytest.raises(Problem, match="site_other_audience") as caught:
        SiteChannel(folder, "company").publish([a_parcel(2)])
    assert sentence(caught.value).startswith(f"The site in {folder} is bound to team:Safety, not to company.")
    assert everything(folder) == before
    with pytest.raises(Problem, match="site_audience"):
        SiteChannel(folder.with_name("new"), "me").publish([])


@pytest.mark.parametrize(
    "marker",
    [
        b"",
        b"{",
        b"[]",
        b'{"site": "x", "audience": "company", "entries": [], "made": ["../x.html"]}',
        b'{"site": "x", "audience": "company", "look": "", "months": {"../x": {}}}',
    ],
)
def test_a_damaged_marker_stops_everything(folder: Path, marker: bytes) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1)])
    (folder / ".companion-site").write_bytes(marker)
    before = everything(folder)
    with pytest.raises(Problem, match="site_marker_damaged"):
        SiteChannel(folder, "company").publish([])
    assert everything(folder) == before


def test_a_share_that_is_not_connected_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="folder_missing") as caught:
        SiteChannel(tmp_path / "share" / "site", "company").publish([a_parcel(1)])
    assert sentence(caught.value).startswith(f"{tmp_path / 'share'} is not there.")
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(Problem, match="folder_unusable"):
        SiteChannel(tmp_path / "file", "company").publish([a_parcel(1)])


def test_trying_a_site_shows_whether_it_can_be_written(folder: Path) -> None:
    SiteChannel(folder, "company").test()
    assert set(everything(folder)) == {".companion-site"}
    (folder / ".companion-site").unlink()
    (folder / "theirs").write_text("x", "utf-8")
    with pytest.raises(Problem, match="site_folder_foreign"):
        SiteChannel(folder, "company").test()


@pytest.mark.parametrize("strange", ["../../evil", "a/b", "", "con", "a b", "x" * 200])
def test_an_id_can_never_leave_the_folder(folder: Path, strange: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        SiteChannel(folder, "company").publish([a_parcel(1, id=strange)])
    assert set(everything(folder)) == {".companion-site"}
