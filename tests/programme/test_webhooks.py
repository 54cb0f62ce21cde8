"""Addresses of webhooks: which are taken, which are explained, and that none is repeated."""

import pytest

from companion.basics.errors import Problem
from companion.programme.channels import read_teams_link
from companion.programme.webhooks import check_address
from companion.words.problems import sentence

FLOW = "/workflows/7f2/triggers/manual/paths/invoke?api-version=2016-06-01&sv=1.0&sig=canary-77Qx"
SLACK = "/services/T01/B02/canary-77Qx"


@pytest.mark.parametrize(
    ("kind", "address", "host"),
    [
        ("teams", f"https://prod-12.westeurope.logic.azure.com:443{FLOW}", "prod-12.westeurope.logic.azure.com"),
        ("teams", f"https://default0a.17.environment.api.powerplatform.com{FLOW}",
         "default0a.17.environment.api.powerplatform.com"),
        ("teams", f"https://ab.api.powerplatform.com:443{FLOW}", "ab.api.powerplatform.com"),
        ("slack", f"https://hooks.slack.com{SLACK}", "hooks.slack.com"),
        ("slack", f"https://hooks.slack-gov.com{SLACK}", "hooks.slack-gov.com"),
        ("teams", f"http://127.0.0.1:9{FLOW}", "127.0.0.1"),
    ],
)  # fmt: skip
def test_an_address_of_the_service_is_taken(kind: str, address: str, host: str) -> None:
    assert check_address(kind, "Finance", address) == host  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        ("teams", f"https://ferro.webhook.office.com/webhookb2{FLOW}", "teams_retired"),
        ("teams", f"https://outlook.office.com/webhook{FLOW}", "teams_retired"),
        ("slack", f"https://ferro.webhook.office.com/webhookb2{FLOW}", "teams_retired"),
        ("teams", f"https://logic.azure.com.elsewhere.example{FLOW}", "webhook_foreign"),
        ("teams", f"https://elsewhere.example{FLOW}", "webhook_foreign"),
        ("teams", f"https://evillogic.azure.com{FLOW}", "webhook_foreign"),
        ("teams", f"https://hooks.slack.com{SLACK}", "webhook_foreign"),
        ("slack", f"https://hooks.slack.com.elsewhere.example{SLACK}", "webhook_foreign"),
        ("teams", f"http://prod-12.westeurope.logic.azure.com{FLOW}", "webhook_not_secure"),
        ("teams", f"https://user:pw@prod-12.westeurope.logic.azure.com{FLOW}", "webhook_wrong"),
        ("teams", f"https://elsewhere.example@prod.logic.azure.com{FLOW}", "webhook_wrong"),
        ("teams", f"https://prod.logic.azure.com:8443{FLOW}", "webhook_wrong"),
        ("teams", f"ftp://prod.logic.azure.com{FLOW}", "webhook_wrong"),
        ("teams", "", "webhook_wrong"),
        ("teams", f"https://prod.logic.azure.com{FLOW}\nX: 1", "webhook_wrong"),
        ("teams", f"https://[prod.logic.azure.com{FLOW}", "webhook_wrong"),
        ("teams", "https://prod.logic.azure.com/workflows/7f2/canary-77Qx", "teams_key_missing"),
        ("slack", "https://hooks.slack.com/triggers/T01/canary-77Qx", "slack_workflow"),
    ],
)
def test_any_other_is_explained_and_not_repeated(kind: str, address: str, code: str) -> None:
    with pytest.raises(Problem, match=code) as caught:
        check_address(kind, "Finance", address)  # type: ignore[arg-type]
    told = sentence(caught.value) + repr(caught.value) + repr(caught.value.__cause__)
    assert "canary-77Qx" not in told
    assert "pw" not in told
    assert "went wrong" not in told


def test_the_link_that_teams_copies_names_team_and_channel() -> None:
    link = (
        "https://teams.microsoft.com/l/channel/19%3Aab12%40thread.tacv2/General"
        "?groupId=0c5f2a6e-1111-4a2b-9c3d-5e6f7a8b9c0d&tenantId=6f1c6f0e"
    )
    assert read_teams_link(link) == ("0c5f2a6e-1111-4a2b-9c3d-5e6f7a8b9c0d", "19:ab12@thread.tacv2")


@pytest.mark.parametrize("link", ["https://teams.microsoft.com/l/team/x", "https://[", "https://a.example/19:x", "x"])
def test_another_link_is_refused(link: str) -> None:
    with pytest.raises(Problem, match="teams_link_wrong"):
        read_teams_link(link)
