"""held by command: all of it for oneself, for programs and as a page to keep."""

from pathlib import Path

from fakes.commands import Cli


def test_what_is_held_about_me(ferro: Cli, tmp_path: Path) -> None:
    said = ferro("held", "--html", str(tmp_path / "h.html"))
    assert "What is held about Dana Okafor" in said
    assert "Profile" in said
    assert "d.okafor@ferro.example" in (tmp_path / "h.html").read_text()
    found = ferro.json("held")
    profile = next(section for section in found["sections"] if section["key"] == "profile")
    assert profile["tables"][0]["rows"][0]["email"] == "dana@ferro.example"
    assert "lev@ferro.example" not in str(found)


def test_of_somebody_else_nothing_of_this_computer_is_told(ferro: Cli) -> None:
    found = ferro.json("held", "--for", "lev@ferro.example")
    assert found["person"]["email"] == "lev@ferro.example"
    assert not any(section["device"] for section in found["sections"])
    assert "dana@ferro.example" not in str(found["sections"])
    ferro("held", "--for", "nobody@ferro.example", code=1)


def test_what_is_old_is_only_counted(ferro: Cli) -> None:
    assert "Nothing was deleted" in ferro("privacy", "retention")
    assert {one["what"] for one in ferro.json("privacy", "retention")} == {"attendance", "audit"}
