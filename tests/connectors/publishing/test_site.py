"""The site's files: for whom, in which order, what is left when a takeaway goes, and whose folder it is."""

import json
import os
import stat
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from companion.basics.errors import Problem
from companion.connectors import place
from companion.connectors.site.channel import SiteChannel
from companion.words.language import PSEUDO
from companion.words.problems import sentence
from connectors.publishing.made import AGNES, a_parcel
from takeaways.made import NOON

ATOM = "{http://www.w3.org/2005/Atom}"
CSP = """content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'">"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def index_data(folder: Path) -> list[dict[str, str]]:
    text = (folder / "search-index.js").read_text("utf-8")
    loaded = json.loads(text.removeprefix("window.companionIndex = ").removesuffix(";\n"))
    assert isinstance(loaded, list)
    return loaded


def feed_of(folder: Path) -> Xml.Element:
    return Xml.fromstring((folder / "feed.xml").read_bytes())


def test_a_site_holds_its_files_and_nothing_else(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1), a_parcel(2)])
    assert set(everything(folder)) == {
        ".companion-site", "app.js", "feed.xml", "icon.svg", "index.html", "search-index.js", "style.css",
        "t/t-1.html", "t/t-2.html",
    }  # fmt: skip
    assert [row["id"] for row in index_data(folder)] == ["t-1", "t-2"]  # newest first
    if os.name == "posix":
        assert all(stat.S_IMODE((folder / name).stat().st_mode) & 0o044 for name in everything(folder))


def test_every_page_has_the_policy_and_no_inline_code(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1, answers=(AGNES,))])
    for name in ("index.html", "t/t-1.html"):
        page = (folder / name).read_text("utf-8")
        assert page.count(CSP) == 1
        assert "style=" not in page
        assert "<style" not in page
        assert "http:" not in page
        assert "https:" not in page
        assert page.count("<script") == page.count("<script src=")
        assert '<html lang="en">' in page
        assert len(page.encode()) < 50_000


def test_a_site_of_a_whole_year_stays_light(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(number) for number in range(80)])
    assert len((folder / "index.html").read_bytes()) < 80_000
    assert max(len(data) for name, data in everything(folder).items() if name.startswith("t/")) < 50_000


def test_only_what_is_for_its_readers_is_shown(folder: Path) -> None:
    parcels = [
        a_parcel(1), a_parcel(2, audience="team:Safety"), a_parcel(3, audience="team:Legal"),
        a_parcel(4, audience="listeners"), a_parcel(5, audience="me"), a_parcel(6, withdrawn=NOON),
        a_parcel(7, told_on=NOON.date()),
    ]  # fmt: skip
    SiteChannel(folder, "company").publish(parcels)
    assert {row["id"] for row in index_data(folder)} == {"t-1"}
    team = folder.with_name("team")
    SiteChannel(team, "team:safety").publish(parcels)
    assert {row["id"] for row in index_data(team)} == {"t-1", "t-2"}
    with pytest.raises(Problem, match="channel_other_audience"):
        SiteChannel(folder, "company").send(a_parcel(2, audience="team:Safety"))


def test_publishing_again_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parcels = [a_parcel(1), a_parcel(2)]
    SiteChannel(folder, "company").publish(parcels)
    written: list[str] = []
    whole = place.write_whole
    monkeypatch.setattr(place, "write_whole", lambda path, *rest: (written.append(path.name), whole(path, *rest)))
    SiteChannel(folder, "company").publish(reversed(parcels))
    assert written == []
    SiteChannel(folder, "company").publish([parcels[0], a_parcel(2, headline="Another")])
    assert written == [".companion-site", "t-2.html", "search-index.js", "feed.xml", "index.html"]


def test_withdrawing_removes_every_trace(folder: Path) -> None:
    channel = SiteChannel(folder, "company")
    channel.publish([a_parcel(1), a_parcel(2, headline="Gone tomorrow", scene="unheard-of")])
    channel.withdraw("t-2")
    left = everything(folder)
    assert "t/t-2.html" not in left
    assert not any(b"t-2" in data or b"Gone tomorrow" in data or b"unheard-of" in data for data in left.values())
    channel.withdraw("t-2")
    assert everything(folder) == left
    channel.publish([])
    assert not list((folder / "t").iterdir())
    assert "Nothing has been published here yet." in (folder / "index.html").read_text("utf-8")


def test_sending_one_by_one_gives_the_same_site(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1), a_parcel(2)])
    whole = everything(folder)
    for number in (2, 1):
        SiteChannel(folder, "company").send(a_parcel(number))
    assert everything(folder) == whole


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


def test_search_data_cannot_end_its_script(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1, headline="</script><!-- \u2028")])
    text = (folder / "search-index.js").read_text("utf-8")
    assert "<" not in text
    assert "\u2028" not in text
    assert "</script><!--" in index_data(folder)[0]["text"]


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
    assert not (folder / "t" / "t-1.html").exists()


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
    "marker", [b"", b"{", b"[]", b'{"site": "x", "audience": "company", "entries": [], "made": ["../x.html"]}']
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


def test_the_site_speaks_its_language(folder: Path) -> None:
    SiteChannel(folder, "company", language=PSEUDO).publish([a_parcel(1)])
    page = (folder / "t" / "t-1.html").read_text("utf-8")
    assert "⟦All takeaways⟧" in page
    assert f'<html lang="{PSEUDO}">' in page
