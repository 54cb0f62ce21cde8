"""The site's files: for whom, in which order, what is left when a takeaway goes."""

import json
import os
import re
import shutil
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.connectors import place
from companion.connectors.site import keeping
from companion.connectors.site.channel import SiteChannel
from companion.takeaways.letters import Letter, LetterParcel
from companion.words.language import PSEUDO
from connectors.publishing.made import AGNES, a_parcel
from connectors.publishing.site_files import ATOM, CSP, everything, feed_of, index_data, watched
from takeaways.made import NOON


def test_a_site_holds_its_files_and_nothing_else(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1), a_parcel(2)])
    assert set(everything(folder)) == {
        ".companion-site", ".companion-months/2026-11.json", "app.js", "feed.xml", "icon.svg", "index.html",
        "style.css", "m/2026-11.html", "s/2026-11.js", "t/t-1.html", "t/t-2.html",
    }  # fmt: skip
    assert [row["id"] for row in index_data(folder)] == ["t-1", "t-2"]  # newest first
    if os.name == "posix":
        assert all(stat.S_IMODE((folder / name).stat().st_mode) & 0o044 for name in everything(folder))


def test_every_page_has_the_policy_and_no_inline_code(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1, answers=(AGNES,))])
    SiteChannel(folder, "company").publish([a_parcel(1, answers=(AGNES,)), a_parcel(2)])
    SiteChannel(folder, "company").publish([a_parcel(1, answers=(AGNES,))])
    for name in ("index.html", "m/2026-11.html", "t/t-1.html", "t/t-2.html"):
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
    long = dict.fromkeys(("headline", "quote", "quote_role", "customer_name"), "Ổn & “định” <trong> " * 40)
    texts = dict.fromkeys(("scene", "goal", "matters", "will_do", "question"), "Mười chín người làm việc. " * 60)
    parcels = [a_parcel(n, **{**long, "customer_name": f"{n} {long['customer_name']}"}, **texts) for n in range(80)]
    SiteChannel(folder, "company").publish(parcels)
    sizes = {name: len(data) for name, data in everything(folder).items() if name.endswith(".html")}
    assert max(sizes.values()) < 50_000, sizes
    assert len([name for name in sizes if name.startswith("m/2026-09")]) > 1  # a month too long for one page has more
    linked = "".join((folder / name).read_text("utf-8") for name in sizes if name.startswith("m/"))
    assert all(f"../t/t-{n}.html" in linked for n in range(80))
    whole = (folder / "t" / "t-7.html").read_text("utf-8")
    assert whole.count("Mười chín người làm việc.") == 5 * 60
    assert whole.count("&lt;trong&gt;") >= 4 * 40  # cut in lists, never on its own page


def test_the_pages_of_a_month_lead_to_each_other(folder: Path) -> None:
    parcels = [a_parcel(n, published=NOON - timedelta(minutes=n), quote="word " * 56) for n in range(200)]
    SiteChannel(folder, "company").publish(parcels)
    seen: list[str] = []
    name = "2026-11.html"
    while name:
        page = (folder / "m" / name).read_text("utf-8")
        seen += re.findall(r"t/(t-\d+)\.html", page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        name = older[1] if older else ""
    assert seen == [f"t-{n}" for n in range(200)]  # newest first, each once
    assert (folder / "index.html").read_text("utf-8").count("<li data-id=") == 30


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
    SiteChannel(team, "team:safety").publish([a_parcel(1, needs_yes=True), a_parcel(2, held=NOON)])
    assert index_data(team) == []
    with pytest.raises(Problem, match="channel_other_audience"):
        SiteChannel(folder, "company").send(a_parcel(2, audience="team:Safety"))


def test_publishing_again_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parcels = [a_parcel(1), a_parcel(2)]
    SiteChannel(folder, "company").publish(parcels)
    written = watched(monkeypatch)
    SiteChannel(folder, "company").publish(reversed(parcels))
    assert written == []
    SiteChannel(folder, "company").publish([parcels[0], a_parcel(2, headline="Another")])
    assert written == [
        ".companion-site", "2026-11.json", "t/t-2.html", "m/2026-11.html", "s/2026-11.js", "feed.xml", "index.html",
        ".companion-site",
    ]  # fmt: skip


def test_with_thousands_one_change_writes_and_makes_only_what_it_must(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcels = [a_parcel(n, published=NOON - timedelta(hours=9 * n)) for n in range(2000)]
    SiteChannel(folder, "company").publish(parcels)
    before = everything(folder)
    old = parcels[1500].takeaway
    parcels[1500] = replace(parcels[1500], takeaway=replace(old, headline="Another"))
    made: list[str] = []
    make = keeping.takeaway_page
    monkeypatch.setattr(keeping, "takeaway_page", lambda site, told: (made.append(told.id), make(site, told))[1])
    written = watched(monkeypatch)
    SiteChannel(folder, "company").publish(parcels)
    month = f"{old.published:%Y-%m}"
    assert made == ["t-1500"]
    assert [name for name in written if name.startswith(("t/", "s/"))] == ["t/t-1500.html", f"s/{month}.js"]
    assert len([name for name in written if name.startswith("m/")]) == 1
    assert len(written) == 7  # the marker twice, the month's own file, page, list, search, index; not the feed
    changed = {name for name, data in everything(folder).items() if before.get(name) != data}
    assert len(changed) == 6
    written.clear()
    parcels.insert(0, a_parcel(2001, published=NOON + timedelta(hours=1)))
    SiteChannel(folder, "company").publish(parcels)
    assert sorted(written) == sorted([
        ".companion-site", "2026-11.json", "t/t-2001.html", "m/2026-11.html", "s/2026-11.js", "feed.xml", "index.html",
        ".companion-site",
    ])  # fmt: skip


def test_withdrawing_leaves_a_page_that_says_so_and_nothing_else(folder: Path) -> None:
    channel = SiteChannel(folder, "company", clock=lambda: NOON)
    parcels = [a_parcel(1), a_parcel(2, headline="Gone tomorrow", scene="unheard-of")]
    channel.publish(parcels)
    channel.retract(replace(parcels[1], takeaway=replace(parcels[1].takeaway, withdrawn=NOON + timedelta(days=1))))
    left = everything(folder)
    assert "This takeaway was withdrawn on 13 November 2026." in left["t/t-2.html"].decode()
    assert not any(b"Gone tomorrow" in data or b"unheard-of" in data for data in left.values())
    assert {name for name, data in left.items() if b"t-2" in data} == {".companion-months/2026-11.json"}
    channel.retract(replace(parcels[1], takeaway=replace(parcels[1].takeaway, withdrawn=NOON + timedelta(days=1))))
    channel.publish(parcels[:1])
    assert everything(folder) == left
    channel.publish([])
    assert "has not been shown here since 12 November 2026." in (folder / "t" / "t-1.html").read_text("utf-8")
    assert "was withdrawn on 13 November 2026." in (folder / "t" / "t-2.html").read_text("utf-8")
    assert "Nothing has been published here yet." in (folder / "index.html").read_text("utf-8")
    assert not list((folder / "m").iterdir())
    assert not list((folder / "s").iterdir())


def test_what_was_held_comes_back(folder: Path) -> None:
    days = iter([NOON, NOON + timedelta(days=1), NOON + timedelta(days=2), NOON + timedelta(days=3)])
    channel = SiteChannel(folder, "company", clock=lambda: next(days))
    channel.publish([a_parcel(1), a_parcel(2)])
    before = everything(folder)
    for _ in range(2):  # the day it went stays the day it went
        channel.publish([a_parcel(1), a_parcel(2, held=NOON)])
        page = (folder / "t" / "t-2.html").read_text("utf-8")
        assert "This takeaway has not been shown here since 13 November 2026." in page
        assert "tide" not in page
        assert [row["id"] for row in index_data(folder)] == ["t-1"]
        assert len(feed_of(folder).findall(f"{ATOM}entry")) == 1
    channel.publish([a_parcel(1), a_parcel(2)])
    assert everything(folder) == before


def test_a_withdrawn_one_among_what_is_published_gives_its_page_the_day(folder: Path) -> None:
    channel = SiteChannel(folder, "company")
    channel.publish([a_parcel(1), a_parcel(2)])
    channel.publish([a_parcel(1, withdrawn=NOON), a_parcel(2), a_parcel(3, withdrawn=NOON)])
    assert "was withdrawn on 12 November 2026." in (folder / "t" / "t-1.html").read_text("utf-8")
    assert not (folder / "t" / "t-3.html").exists()  # it never stood here


def test_a_page_that_somebody_deleted_is_made_again(folder: Path) -> None:
    parcels = [a_parcel(1), a_parcel(2)]
    SiteChannel(folder, "company").publish(parcels)
    before = everything(folder)
    for name in ("t/t-2.html", "m/2026-11.html", "s/2026-11.js", "index.html", "feed.xml", "app.js"):
        (folder / name).unlink()
        SiteChannel(folder, "company").publish(parcels)
        assert everything(folder) == before


def test_another_title_makes_every_page_anew(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1)])
    SiteChannel(folder, "company", title="Heard").publish([a_parcel(1)])
    assert "· Heard</title>" in (folder / "t" / "t-1.html").read_text("utf-8")


def test_a_site_of_the_first_form_is_taken_over_without_losing_a_page(folder: Path) -> None:
    """That form kept every entry in the marker, and one search file for all."""
    SiteChannel(folder, "company").publish([a_parcel(1), a_parcel(40)])
    wanted = everything(folder)
    entries = [
        {key: value for key, value in entry.items() if key != "digest"}
        for name in ("2026-11", "2026-10")
        for entry in json.loads((folder / ".companion-months" / f"{name}.json").read_bytes())["entries"]
    ]
    marker = json.loads(wanted[".companion-site"])

    def as_it_was() -> None:
        for kept in (".companion-months", "m", "s"):
            shutil.rmtree(folder / kept)
        made = ["t/t-1.html", "t/t-40.html", "t/t-9.html"]
        body = {"site": marker["site"], "audience": "company", "made": made, "entries": entries}
        (folder / ".companion-site").write_text(json.dumps(body), "utf-8")
        (folder / "search-index.js").write_text("window.companionIndex = [];\n", "utf-8")
        (folder / "t" / "t-9.html").write_text("left by a kill", "utf-8")

    as_it_was()
    SiteChannel(folder, "company").publish([a_parcel(1), a_parcel(40)])
    assert everything(folder) == wanted
    as_it_was()
    SiteChannel(folder, "company").send(a_parcel(2))
    assert [row["id"] for row in index_data(folder)] == ["t-1", "t-2", "t-40"]
    assert (folder / "m" / "2026-10.html").exists()
    assert not (folder / "search-index.js").exists()
    assert not (folder / "t" / "t-9.html").exists()


def test_preview_shows_the_page_and_writes_nothing(folder: Path) -> None:
    shown = SiteChannel(folder, "company").preview(a_parcel(1, headline="<b>Bold</b>"))
    assert shown.text.startswith("<b>Bold</b>\n")
    assert "<h1>&lt;b&gt;Bold&lt;/b&gt;</h1>" in shown.html
    assert not folder.exists()


def test_a_site_takes_no_letters(folder: Path) -> None:
    with pytest.raises(Problem, match="channel_writes_no_letters"):
        SiteChannel(folder, "company").write(LetterParcel(Letter("l", "digest", "a@b.example", "x", NOON, NOON)))


def test_sending_one_by_one_gives_the_same_site(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1), a_parcel(2)])
    whole = everything(folder)
    for number in (2, 1):
        SiteChannel(folder, "company").send(a_parcel(number))
    assert everything(folder) == whole


def test_search_data_cannot_end_its_script(folder: Path) -> None:
    SiteChannel(folder, "company").publish([a_parcel(1, headline="</script><!-- \u2028")])
    text = (folder / "s" / "2026-11.js").read_text("utf-8")
    assert "<" not in text
    assert "\u2028" not in text
    assert "</script><!--" in index_data(folder)[0]["text"]


def test_the_site_speaks_its_language(folder: Path) -> None:
    SiteChannel(folder, "company", language=PSEUDO).publish([a_parcel(1)])
    page = (folder / "t" / "t-1.html").read_text("utf-8")
    assert "⟦All takeaways⟧" in page
    assert f'<html lang="{PSEUDO}">' in page


@pytest.mark.parametrize("cut_at", ["t/t-2.html", "m/2026-11.html", "s/2026-11.js", "feed.xml", "index.html"])
def test_what_a_cut_run_began_and_nobody_wants_any_more_is_taken_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, cut_at: str
) -> None:
    channel = SiteChannel(folder, "company", clock=lambda: NOON)
    channel.publish([a_parcel(1)])

    def cut(path: Path, data: bytes) -> bool:
        if path == folder / cut_at:
            raise KeyboardInterrupt
        return put(path, data)

    put = place.put
    with monkeypatch.context() as patched:
        patched.setattr(place, "put", cut)
        with pytest.raises(KeyboardInterrupt):
            channel.publish([a_parcel(1), a_parcel(2, headline="Told too early", scene="unheard-of", quote="")])
    channel.publish([a_parcel(1)])  # as before: only the marker knows that something was begun
    left = everything(folder)
    assert not any(b"Told too early" in data or b"unheard-of" in data for data in left.values())
    assert [row["id"] for row in index_data(folder)] == ["t-1"]
    channel.publish([a_parcel(1)])
    assert everything(folder) == left
