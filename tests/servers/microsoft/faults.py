"""Everything that can go wrong at Graph, by name, for chosen requests."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from servers.microsoft.serving import Answer, Asked, answer

CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
SAME = {"429": "throttled", "503": "busy", "504": "gateway", "410": "gone"}
INSTEAD = {"throttled", "busy", "gateway", "gone", "sync_state_lost", "html", "claims", "expired", "revoked", "reset"}
AFTER = {
    "empty_page", "duplicates", "foreign_link", "loop", "slow", "cut", "hang", "bad_date", "removed_outside", "bare",
    "nulls", "unknown_values", "no_value",
}  # fmt: skip


@dataclass
class Fault:
    """One fault: which requests it waits for, and how often it strikes. `facts`: what makes it special."""

    kind: str
    path: str = ""
    times: int = 1
    after: int = 0
    user: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    struck: int = 0

    def meets(self, asked: Asked) -> bool:
        """Whether it strikes this request; counts those that it lets through."""
        if self.times <= 0 or self.path not in asked.path or (self.user and self.user != asked.user):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        self.struck += 1
        return True


@dataclass
class Faults:
    """The faults that wait. `elsewhere` is the address of the host that must never be asked."""

    elsewhere: str = ""
    waiting: list[Fault] = field(default_factory=list)
    links: int = 0
    before: tuple[str, list[Any]] = ("", [])  # path and items of the last page, for duplicates

    def next(self, kind: str, *, path: str = "", times: int = 1, after: int = 0, user: str = "", **facts: Any) -> Fault:
        """Let a fault strike the next `times` requests whose path holds `path`, after `after` of them went well."""
        kind = SAME.get(kind, kind)
        assert kind in INSTEAD | AFTER, kind
        fault = Fault(kind, path, times, after, user, facts)
        self.waiting.append(fault)
        self.before = ("", [])
        return fault

    def clear(self) -> None:
        """All is well from now on."""
        self.waiting.clear()

    def instead(self, asked: Asked) -> tuple[Answer | None, list[Fault]]:
        """An answer instead of the true one, if any; else the faults to lay over the true one."""
        met = [fault for fault in self.waiting if fault.meets(asked)]
        first = next((fault for fault in met if fault.kind in INSTEAD), None)
        return (_refusal(first, asked) if first else None), [fault for fault in met if fault.kind in AFTER]

    def over(self, told: Answer, asked: Asked, faults: list[Fault]) -> Answer:
        """The true answer as the faults leave it."""
        for fault in faults:
            if fault.kind in ("slow", "cut", "hang"):
                told.how = fault.kind
            elif told.status == 200 and told.body:
                told.body = json.dumps(self._bent(json.loads(told.body), asked, fault)).encode()
        return told

    def _bent(self, page: dict[str, Any], asked: Asked, fault: Fault) -> dict[str, Any]:
        self.links += 1
        again = f"https://{asked.host}{asked.raw}{'&' if asked.query else '?'}again={self.links}"
        items = page.get("value", [page])
        if fault.kind == "empty_page":
            return {"value": [], "@odata.nextLink": again}
        if fault.kind == "loop":
            link = again if not fault.facts.get("same_link") else f"https://{asked.host}{asked.raw}"
            return {"value": items, "@odata.nextLink": link}
        if fault.kind == "foreign_link":
            name = "@odata.deltaLink" if "@odata.deltaLink" in page else "@odata.nextLink"
            return {**page, name: f"{fault.facts.get('root') or self.elsewhere}{asked.raw}"}
        if fault.kind == "no_value":
            return {name: value for name, value in page.items() if name != "value"}
        if fault.kind == "duplicates":
            path, told = self.before
            if path != asked.path or not {"$skip", "$skiptoken"} & asked.query.keys():
                told = []
            items[:], self.before = [*told, *items, *reversed(items)], (asked.path, list(items))
        elif fault.kind == "removed_outside":
            items.append({"id": "AAkALgAA-zzzzzz_A=", "@removed": {"reason": "deleted"}})
        else:
            place = fault.facts.get("item", 0)
            items[place : place + 1] = [_broken(item, fault.kind) for item in items[place : place + 1]]
        return page


def _broken(item: dict[str, Any], kind: str) -> dict[str, Any]:
    if kind == "bare":
        return {name: item[name] for name in ("id", "type", "seriesMasterId", "start", "end") if name in item}
    if kind == "bad_date":
        return {**item, "start": {"dateTime": "2026-02-31T25:61:00.0000000", "timeZone": "UTC"}}
    if kind == "nulls":
        kept = ("id", "type", "seriesMasterId", "start", "end", "@odata.etag", "iCalUId")
        return {name: value if name in kept else None for name, value in item.items()}
    odd = {"sensitivity": "eyesOnly", "showAs": "dreaming", "responseStatus": {"response": "perhaps", "time": None}}
    return {**item, **{name: value for name, value in odd.items() if name in item}}


def error(status: int, code: str, message: str = "Something about it.", **headers: str) -> Answer:
    """A refusal as Graph writes it."""
    return answer(status, {"error": {"code": code, "message": message, "innerError": {"date": "2026"}}}, **headers)


def challenge(claims: str = CLAIMS) -> Answer:
    """The 401 that demands a token with more in it."""
    told = base64.b64encode(claims.encode()).decode()
    asks = f'Bearer realm="", authorization_uri="https://localhost/", error="insufficient_claims", claims="{told}"'
    message = "Continuous access evaluation resulted in challenge."
    return error(401, "InvalidAuthenticationToken", message, WWW_Authenticate=asks)


def _refusal(fault: Fault, asked: Asked) -> Answer:
    after = fault.facts.get("retry_after")
    wait = {"Retry-After": str(after)} if after is not None else {}
    if fault.kind == "throttled":
        code = fault.facts.get("code", "ApplicationThrottled")
        told = error(429, code, "Application is over its MailboxConcurrency limit.")
    elif fault.kind == "busy":
        told = error(503, "serviceNotAvailable")
    elif fault.kind == "gateway":
        told = error(504, "UnknownError")
    elif fault.kind == "gone":
        told = error(410, "SyncStateNotFound")
        if fault.facts.get("location"):
            told.headers["Location"] = f"https://{asked.host}{asked.path}?$deltatoken="
    elif fault.kind == "sync_state_lost":
        told = error(fault.facts.get("status", 400), "syncStateNotFound")
    elif fault.kind == "html":
        told = Answer(200, b"<!doctype html><title>Sign in to the network</title>", {"Content-Type": "text/html"})
    elif fault.kind == "claims":
        told = challenge(fault.facts.get("claims", CLAIMS))
    elif fault.kind == "reset":
        told = Answer(how="reset")
    else:
        told = error(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
    told.headers.update(wait)
    return told
