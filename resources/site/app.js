"use strict";
// Search, filters and the reader's own unread marks. Everything stays in this browser; nothing is sent anywhere.
(function () {
  const page = document.body;
  const key = "companion:" + page.dataset.site;
  const NEW_FOR = 30 * 24 * 3600 * 1000; // on a first visit, what is older counts as read
  const STEP = 30; // finds shown at once
  const LETTERS = { "đ": "d", "ł": "l", "ø": "o", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d" };

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      if (kept && typeof kept.since === "string" && typeof kept.read === "object" && kept.read) return kept;
    } catch (error) { /* no storage here, or not ours: then nothing is remembered */ }
    return { since: new Date(Date.now() - NEW_FOR).toISOString(), read: {} };
  }

  function remember(memory) {
    try { localStorage.setItem(key, JSON.stringify(memory)); } catch (error) { /* as above */ }
  }

  function isNew(memory, id, revision, updated) {
    return updated > memory.since && memory.read[id] !== Number(revision);
  }

  if (page.classList.contains("takeaway")) {
    if (page.dataset.id) {
      const memory = recall();
      memory.read[page.dataset.id] = Number(page.dataset.revision);
      remember(memory);
    }
    return;
  }

  const list = document.getElementById("list");
  const query = document.getElementById("q"); // only the front page has it
  const found = document.getElementById("found");

  function markUnread() {
    const memory = recall();
    remember(memory);
    let unread = 0;
    for (const element of document.querySelectorAll(".takeaways > li")) {
      const { id, revision, updated } = element.dataset;
      const fresh = isNew(memory, id, revision, updated);
      element.querySelector(".unread").hidden = !fresh;
      unread += fresh ? 1 : 0;
    }
    return unread;
  }

  function walk(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = query && document.activeElement === query;
    const links = Array.from(document.querySelectorAll(".takeaways:not([hidden]) > li h2 a"));
    const at = links.indexOf(document.activeElement);
    const down = event.key === "ArrowDown" || (event.key === "j" && !typing);
    const up = event.key === "ArrowUp" || (event.key === "k" && !typing);
    if (event.key === "/" && query && !typing) {
      event.preventDefault();
      query.focus();
      query.select();
    } else if ((down || up) && links.length) {
      if (event.key.startsWith("Arrow") && at < 0 && !typing) return; // leave scrolling alone
      event.preventDefault();
      const next = at + (down ? 1 : -1);
      if (next < 0 && query && !down) query.focus();
      else links[Math.max(0, Math.min(next, links.length - 1))].focus();
    }
  }

  document.addEventListener("keydown", walk);
  window.addEventListener("storage", markUnread);
  window.addEventListener("pageshow", markUnread);
  if (!query || !list) return;

  // From here on the front page: what is searched comes in a file for each month, once somebody asks for it.
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const months = document.getElementById("months");
  const allRead = document.getElementById("all-read");
  const nothing = document.querySelector("div.nothing");
  const pattern = document.getElementById("row");
  const filters = Array.from(document.querySelectorAll(".narrow a, a.button, #only-unread"));
  const shards = page.dataset.shards.split(" ").filter(Boolean).map((one) => one.split("="));
  const known = new Map(); // month -> its rows, newest first
  let state = "no"; // whether the search files were asked for: no, asked, here, missing
  let waiting = shards.length;
  let shownMost = STEP;

  // Letters without accents and case.
  function fold(text) {
    const lower = text.toLowerCase();
    if (/^[\x00-\x7f]*$/.test(lower)) return lower;
    return lower.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đłøßıæœþð]/g, (letter) => LETTERS[letter]);
  }

  // The same with the place in the text at which each letter stood, so that a find can be shown.
  function foldInPlace(text) {
    let letters = "";
    const places = [];
    let at = 0;
    for (const character of text) {
      letters += fold(character);
      while (places.length < letters.length) places.push(at);
      at += character.length;
    }
    return { letters, places };
  }

  function wordsOf(text) {
    return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  window.companionMonth = function (month, rows) {
    known.set(month, rows.map((row) => {
      const [id, revision, updated, day, customer, author, team, headline, quote, role, lead, text] = row;
      return { id, revision, updated, day, customer, author, team, headline, quote, role, lead, text, letters: fold(text) };
    }));
  };

  function ask() {
    if (state !== "no") return;
    state = "asked";
    let missing = 0;
    const arrived = () => {
      waiting -= 1;
      if (!waiting) state = missing ? "missing" : "here";
      // They come newest first: once enough is shown, what is older changes nothing that can be seen.
      if (!waiting || found.children.length < shownMost) drawSoon();
    };
    for (const [month, version] of shards) {
      const script = document.createElement("script");
      script.async = false; // in this order
      script.src = "s/" + month + ".js?" + version; // another version is another address: no browser keeps an old one
      script.addEventListener("load", arrived);
      script.addEventListener("error", () => { missing += 1; arrived(); });
      document.head.append(script);
    }
  }

  function showFind(element, row, words) {
    const line = element.querySelector(".found");
    const seen = fold(element.textContent);
    const hidden = words.find((word) => !seen.includes(word));
    line.hidden = !hidden;
    if (!hidden) return;
    // Where folding changed no length, each letter stands where it stood.
    const { letters, places } = row.letters.length === row.text.length ? row : foldInPlace(row.text);
    const begins = (" " + letters).search(new RegExp("[^\\p{L}\\p{N}]" + hidden, "u"));
    const first = begins < 0 ? letters.indexOf(hidden) : begins; // words that begin with it, else anywhere
    const start = places ? places[first] : first;
    const end = (places ? places[first + hidden.length] : first + hidden.length) || row.text.length;
    const mark = document.createElement("mark");
    mark.textContent = row.text.slice(start, end);
    const before = row.text.slice(Math.max(0, start - 60), start);
    const after = row.text.slice(end, end + 60);
    line.append(start > 60 ? "… " + before.slice(before.indexOf(" ") + 1) : before, mark);
    line.append(end + 60 < row.text.length ? after.slice(0, after.lastIndexOf(" ")) + " …" : after);
  }

  function drawn(row, words) {
    const element = pattern.content.firstElementChild.cloneNode(true);
    const put = (selector, text) => {
      const part = element.querySelector(selector);
      part.textContent = text;
      part.hidden = !text;
    };
    Object.assign(element.dataset, { id: row.id, revision: row.revision, updated: row.updated });
    put(".names", [row.customer, row.author, row.team].filter(Boolean).join(" · ") + " ·");
    put("time", row.day);
    put("h2 a", row.headline || page.dataset.untitled);
    element.querySelector("h2 a").setAttribute("href", "t/" + row.id + ".html");
    put("blockquote", row.quote && page.dataset.quote.replace("{words}", () => row.quote));
    put(".role", row.quote && row.role);
    put(".lead", row.quote ? "" : row.lead);
    showFind(element, row, words);
    return element;
  }

  function finds(chosen, words) {
    const memory = recall();
    const results = [];
    for (const [month] of shards) {
      for (const row of known.get(month) || []) {
        if (chosen.get("team") && chosen.get("team") !== row.team) continue;
        if (chosen.get("customer") && chosen.get("customer") !== row.customer) continue;
        if (chosen.has("unread") && !isNew(memory, row.id, row.revision, row.updated)) continue;
        if (words.every((word) => row.letters.includes(word))) results.push(row);
      }
    }
    return results;
  }

  function say(sentence, shown) {
    const text = sentence.replace("{shown}", shown).replace("{all}", page.dataset.total);
    if (count.textContent !== text) count.textContent = text;
  }

  function show() {
    const chosen = new URLSearchParams(location.hash.slice(1));
    const words = wordsOf(query.value);
    const choice = ["team", "customer", "unread"].some((kind) => chosen.has(kind));
    const narrowed = words.length > 0 || choice;
    if (narrowed) ask();
    list.hidden = narrowed;
    found.hidden = !narrowed;
    if (months) months.hidden = narrowed;
    const results = narrowed ? finds(chosen, words) : [];
    if (narrowed) found.replaceChildren(...results.slice(0, shownMost).map((row) => drawn(row, words)));
    else found.replaceChildren();
    more.hidden = results.length <= shownMost;
    const done = state === "here" || state === "missing";
    nothing.hidden = !narrowed || results.length > 0 || !done;
    document.getElementById("all-known").hidden = words.length > 0 || !chosen.has("unread");
    document.getElementById("no-find").hidden = !document.getElementById("all-known").hidden;
    if (!narrowed) {
      const all = list.children.length === Number(page.dataset.total);
      say(all ? page.dataset.all : page.dataset.newestOf, list.children.length);
    } else if (!done) say(page.dataset.looking, 0);
    else say(state === "missing" ? page.dataset.missing : page.dataset.shown, results.length);
    for (const link of filters) {
      const current = choice ? link.hash && link.hash === location.hash : !link.hash && !words.length;
      if (current) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
    const unread = markUnread();
    allRead.hidden = unread === 0 && !(page.dataset.newest > recall().since);
  }

  let drawing = false;
  function drawSoon() {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      show();
    });
  }

  function again() {
    shownMost = STEP;
    show();
  }

  for (const part of document.querySelectorAll(".search, .narrow, .state")) part.hidden = false;
  document.querySelector(".narrow details").open = window.matchMedia("(min-width: 56.01rem)").matches;
  document.querySelector(".search").addEventListener("submit", (event) => event.preventDefault());
  query.addEventListener("focus", ask);
  query.addEventListener("input", again);
  query.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!query.value) query.blur();
    query.value = "";
    again();
  });
  more.addEventListener("click", () => {
    const next = found.children.length;
    shownMost += STEP;
    show();
    found.children[next].querySelector("h2 a").focus();
  });
  allRead.addEventListener("click", () => {
    remember({ since: page.dataset.newest, read: {} });
    show();
  });
  for (const link of filters) {
    link.addEventListener("click", () => {
      if (!link.hash) { query.value = ""; again(); }
    });
  }
  window.addEventListener("hashchange", again);
  window.addEventListener("pageshow", show);
})();
