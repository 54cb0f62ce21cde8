"""Ours: how long a reader waits in Chromium between a letter and what it finds, in a site opened from a folder."""

import json
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TYPED = ("harbour", "lodz", "smorre", "trust night", "nothing has this", "team 7", "o")
# From the input event to the frame after the finds were drawn.
TIMED = """(words) => new Promise((done) => {
  const box = document.getElementById("q"), began = performance.now();
  box.value = words;
  box.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""
LOADED = """(words) => new Promise((done) => {
  const box = document.getElementById("q"), count = document.getElementById("count"), began = performance.now();
  const look = () => document.getElementById("list").hidden && !count.textContent.startsWith("Looking")
    ? done(performance.now() - began) : requestAnimationFrame(look);
  box.value = words;
  box.dispatchEvent(new Event("input"));
  look();
})"""

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page()
    page.goto((Path(sys.argv[1]) / "index.html").as_uri())
    load = page.evaluate(LOADED, "h")
    keys = [page.evaluate(TIMED, words[:end]) for words in TYPED for end in range(1, len(words) + 1)]
    browser.close()
told = {"key_ms": statistics.median(keys), "slowest_ms": max(keys), "keys": len(keys), "load_ms": load}
print(json.dumps(told))
