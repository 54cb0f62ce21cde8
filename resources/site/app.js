"use strict";
// Search, filters and the reader's own unread marks. Everything stays in this browser; nothing is sent anywhere.
(function () {
  const page = document.body;
  const key = "companion:" + page.dataset.site;
  const NEW_FOR = 30 * 24 * 3600 * 1000; // on a first visit, what is older counts as read

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      if (kept && typeof kept.read === "object" && kept.read) return kept;
    } catch (error) { /* no storage here, or not ours: then nothing is remembered */ }
    return { since: new Date(Date.now() - NEW_FOR).toISOString(), read: {} };
  }

  function remember(memory) {
    try { localStorage.setItem(key, JSON.stringify(memory)); } catch (error) { /* as above */ }
  }

  if (page.classList.contains("takeaway")) {
    const memory = recall();
    memory.read[page.dataset.id] = Number(page.dataset.revision);
    remember(memory);
    return;
  }

  const query = document.getElementById("q");
  const count = document.getElementById("count");
  const allRead = document.getElementById("all-read");
  const nothing = document.querySelector("div.nothing");
  const filters = Array.from(document.querySelectorAll(".narrow a, a.button"));
  const data = new Map((window.companionIndex || []).map((row) => [row.id, row]));
  const rows = Array.from(document.querySelectorAll(".takeaways > li")).map((element) => {
    const known = data.get(element.dataset.id) || { team: "", customer: "", text: element.textContent };
    return { element, known, text: fold(known.text), seen: fold(element.textContent).letters, link: element.querySelector("h2 a") };
  });

  // Letters without accents and case, and for each the place it stood at, so that a find can be shown.
  function fold(text) {
    let letters = "";
    const places = [];
    let at = 0;
    for (const character of text) {
      const plain = character.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
      for (const letter of plain) {
        letters += { "đ": "d", "ł": "l", "ø": "o", "ß": "s", "ı": "i" }[letter] || letter;
        while (places.length < letters.length) places.push(at);
      }
      at += character.length;
    }
    return { letters, places };
  }

  function wordsOf(text) {
    return fold(text).letters.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  function finds(row, word) {
    const at = (" " + row.text.letters).search(new RegExp("[^\\p{L}\\p{N}]" + word, "u"));
    return at < 0 ? row.text.letters.indexOf(word) : at; // words that begin with it, else anywhere
  }

  function showFind(row, words) {
    const line = row.element.querySelector(".found");
    const hidden = words.find((word) => !row.seen.includes(word));
    line.textContent = "";
    line.hidden = !hidden;
    if (!hidden) return;
    const first = finds(row, hidden);
    const start = row.text.places[first];
    const end = row.text.places[first + hidden.length] || row.known.text.length;
    const mark = document.createElement("mark");
    mark.textContent = row.known.text.slice(start, end);
    const before = row.known.text.slice(Math.max(0, start - 60), start);
    const after = row.known.text.slice(end, end + 60);
    line.append(start > 60 ? "… " + before.slice(before.indexOf(" ") + 1) : before, mark);
    line.append(end + 60 < row.known.text.length ? after.slice(0, after.lastIndexOf(" ")) + " …" : after);
  }

  function show() {
    const chosen = new URLSearchParams(location.hash.slice(1));
    const words = wordsOf(query.value);
    let shown = 0;
    for (const row of rows) {
      row.element.querySelector(".found").hidden = true;
      const fits = ["team", "customer"].every((kind) => !chosen.get(kind) || chosen.get(kind) === row.known[kind])
        && words.every((word) => finds(row, word) >= 0);
      row.element.hidden = !fits;
      if (fits) {
        shown += 1;
        showFind(row, words);
      }
    }
    const narrowed = words.length > 0 || chosen.has("team") || chosen.has("customer");
    const sentence = narrowed ? page.dataset.shown : page.dataset.all;
    count.textContent = sentence.replace("{shown}", shown).replace("{all}", rows.length);
    if (nothing) nothing.hidden = shown > 0;
    for (const link of filters) {
      const current = narrowed ? link.hash && link.hash === location.hash : !link.hash && !chosen.size;
      if (current) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  }

  function markUnread() {
    const memory = recall();
    remember(memory);
    let unread = 0;
    for (const { element } of rows) {
      const { id, revision, updated } = element.dataset;
      const isNew = updated > memory.since && memory.read[id] !== Number(revision);
      element.querySelector(".unread").hidden = !isNew;
      unread += isNew ? 1 : 0;
    }
    allRead.hidden = unread === 0;
  }

  function walk(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && document.activeElement !== query) {
      event.preventDefault();
      query.focus();
      query.select();
    } else if (event.key === "Escape" && document.activeElement === query) {
      query.value = "";
      show();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const links = rows.filter((row) => !row.element.hidden).map((row) => row.link);
      const at = links.indexOf(document.activeElement);
      if (at < 0 && document.activeElement !== query) return; // leave scrolling alone
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (next < 0 ? query : links[Math.min(next, links.length - 1)] || query).focus();
    }
  }

  function begin() {
    for (const part of document.querySelectorAll(".search, .narrow, .state")) part.hidden = rows.length === 0;
    document.querySelector(".narrow details").open = window.matchMedia("(min-width: 56.01rem)").matches;
    document.querySelector(".search").addEventListener("submit", (event) => event.preventDefault());
    query.addEventListener("input", show);
    allRead.addEventListener("click", () => {
      const memory = recall();
      for (const { element } of rows) memory.read[element.dataset.id] = Number(element.dataset.revision);
      remember(memory);
      markUnread();
    });
    for (const link of filters) {
      link.addEventListener("click", () => {
        if (!link.hash) { query.value = ""; show(); }
      });
    }
    document.addEventListener("keydown", walk);
    window.addEventListener("hashchange", show);
    window.addEventListener("storage", markUnread);
    window.addEventListener("pageshow", () => { show(); markUnread(); });
  }

  begin();
})();
