"""The sample's profile after the demo has ended."""

from fakes.commands import Cli
from fakes.ics import calendar, event
from servers.radicale import free_port


def test_calendars_of_the_samples_server_are_told_in_one_sentence(ferro: Cli) -> None:
    (ferro.home / "demo.json").write_text("{}")
    for name in ("Dana", "Lev"):
        ferro("accounts", "add", "caldav", name, f"http://127.0.0.1:{free_port()}/ferro/{name}/")
    ferro("accounts", "add", "ics", "Hosts", ferro.file("w.ics", calendar(event("a"))), "--hosts")
    ferro("sync")
    assert ferro.said.strip().splitlines() == [ferro.said.strip()]
    assert "2 calendars of the sample" in ferro.said
    assert [problem["code"] for problem in ferro.json("doctor", code=1)["problems"]] == ["demo_server_gone"]


def test_a_server_on_this_machine_is_no_sample(ferro: Cli) -> None:
    ferro("accounts", "add", "caldav", "Dana", f"http://127.0.0.1:{free_port()}/dana/")
    ferro("sync", code=1)
    assert "cannot be reached" in ferro.said
