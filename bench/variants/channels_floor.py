"""Floor: five messages by httpx and smtplib whose bodies lie ready, and two files; ten takeaways, the mean of one."""

import smtplib
import ssl
import sys
from pathlib import Path

import httpx
from told import told

web, mail, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
TIMES = 10
BODY, PAGE = b"x" * 6_000, b"y" * 14_000
MAIL = b"Subject: x\r\n\r\n" + (b"z" * 70 + b"\r\n") * 170
PATHS = ("/v1.0/me/sendMail", "/workflows/x", "/v1.0/teams/t/channels/c/messages", "/services/x")
folder.mkdir(parents=True, exist_ok=True)
trust = ssl.create_default_context()  # reading it takes longer than all the rest, and ours reads none for plain http


def once(number: int) -> None:
    for name in ("page", "copy"):
        (folder / f"{name}-{number}").write_bytes(PAGE)
    with smtplib.SMTP("127.0.0.1", mail) as server:
        server.sendmail("a@ferro.example", "b@ferro.example", MAIL)
    for path in PATHS:
        with httpx.Client(verify=trust, trust_env=False) as client:
            client.post(f"http://127.0.0.1:{web}{path}", content=BODY).raise_for_status()


once(-1)  # libraries and templates are loaded
with told() as figures:
    for number in range(TIMES):
        once(number)
    figures["takeaways"] = TIMES
