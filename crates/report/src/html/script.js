
"use strict";
(() => {
  // Everything shown is set as text. No markup is ever made from data.
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 50;
  const LEDGER_PAGE = 100;
  const $ = (id) => document.getElementById(id);

  function el(tag, props, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (name === "class") node.className = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value);
    }
    for (const child of children) if (child !== null && child !== undefined) node.append(child);
    return node;
  }

  const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const many = (n, noun) => number(n) + " " + noun + (n === 1 ? "" : "s");

  // Theme: as the system says, unless the reader says otherwise.
  const root = document.documentElement;
  const theme = $("theme");
  const store = { get() { try { return localStorage.getItem("holdfast-theme"); } catch { return null; } },
    set(value) { try { localStorage.setItem("holdfast-theme", value); } catch { /* not allowed here */ } } };
  const themes = ["auto", "light", "dark"];
  function applyTheme(name) {
    if (name === "light" || name === "dark") root.dataset.theme = name; else delete root.dataset.theme;
    theme.textContent = { auto: "Auto", light: "Light", dark: "Dark" }[name];
    theme.setAttribute("aria-label", "Colours: " + name + ". Change.");
  }
  let current = themes.includes(store.get()) ? store.get() : "auto";
  applyTheme(current);
  theme.hidden = false;
  theme.addEventListener("click", () => {
    current = themes[(themes.indexOf(current) + 1) % themes.length];
    store.set(current);
    applyTheme(current);
  });

  // State lives in the address, so that a view can be sent to somebody.
  const KEYS = ["q", "sev", "area", "rule", "file", "control", "show", "sort", "page", "id"];
  const LEDGER_KEYS = ["q", "status", "page"];
  let state = {};
  let ledgerState = {};
  function parse(hash) {
    const [name, query] = hash.replace(/^#/, "").split("?");
    return [name, new URLSearchParams(query || "")];
  }
  function write(name, keys, values, push) {
    const params = new URLSearchParams();
    for (const key of keys) if (values[key]) params.set(key, values[key]);
    const query = params.toString();
    const hash = "#" + name + (query ? "?" + query : "");
    try { history[push ? "pushState" : "replaceState"](null, "", hash); } catch { /* sandboxed */ }
  }

  // Findings, prepared once.
  const items = data.findings.map((f, index) => {
    const rule = data.rules[f.r];
    const file = data.files[f.f];
    return { f, rule, file, index, severity: data.severities[f.s], area: data.areas[rule.area],
      hay: [f.m, rule.id, rule.title, file, f.o, f.x, ...rule.controls].join("\n").toLowerCase() };
  });
  const SEVERITIES = [...data.severities].reverse();

  function select(name, label, options) {
    const node = el("select", { "aria-label": label, onchange: () => set({ [name]: node.value }) });
    for (const [value, text] of options) node.append(el("option", { value }, text));
    return node;
  }

  const host = $("finding-list");
  const search = el("input", { type: "search", placeholder: "Search findings   ( / )", "aria-label": "Search findings",
    autocomplete: "off", spellcheck: "false", oninput: () => later(() => set({ q: search.value })) });
  const file = el("input", { type: "text", class: "file", placeholder: "File contains", "aria-label": "File contains",
    autocomplete: "off", spellcheck: "false", oninput: () => later(() => set({ file: file.value })) });
  const counts = new Map();
  for (const item of items) counts.set(item.rule.id, (counts.get(item.rule.id) || 0) + 1);
  const rule = select("rule", "Rule", [["", "Every rule"],
    ...[...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([id, n]) => [id, id + " (" + n + ")"])]);
  const area = select("area", "Area", [["", "All four Cs"], ...[...data.areas].reverse().map((a) => [a, a])]);
  const show = select("show", "Open or accepted", [["", "Open"], ["accepted", "Accepted"], ["all", "Open and accepted"]]);
  const sort = select("sort", "Order", [["", "Most urgent first"], ["severity", "By severity"], ["file", "By file"]]);
  const toggles = SEVERITIES.map((name) => el("button", { type: "button", class: "toggle " + name, "aria-pressed": "false",
    onclick: () => {
      const on = new Set((state.sev || "").split(",").filter(Boolean));
      if (!on.delete(name)) on.add(name);
      set({ sev: SEVERITIES.filter((s) => on.has(s)).join(",") });
    } }, name));
  const status = el("span", { role: "status", "aria-live": "polite" });
  const extra = el("span", { class: "filter" });
  const clear = el("button", { type: "button", class: "ghost", onclick: () => { state = {}; commit(); } }, "Clear filters");
  const list = el("div", { class: "items" });
  const pager = el("div", { class: "pager" });
  host.append(
    el("div", { class: "tools", role: "search" }, search, file, rule, area, show),
    el("div", { class: "state" }, el("div", { class: "group-toggle", role: "group", "aria-label": "Severity" }, ...toggles), status, extra, clear, el("span", { class: "push" }), sort),
    list, pager);

  let timer = 0;
  function later(run) { clearTimeout(timer); timer = setTimeout(run, 120); }
  function set(change) { state = { ...state, page: "", id: "", ...change }; commit(); }
  function commit() { write("findings", KEYS, state, false); draw(); }

  const byFile = (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.f.l - b.f.l || a.index - b.index);
  function matching() {
    const words = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    const sev = new Set((state.sev || "").split(",").filter(Boolean));
    const part = (state.file || "").toLowerCase();
    const found = items.filter((i) =>
      (state.show === "all" || !!i.f.e === (state.show === "accepted")) &&
      (!sev.size || sev.has(i.severity)) && (!state.area || i.area === state.area) &&
      (!state.rule || i.rule.id === state.rule) && (!part || i.file.toLowerCase().includes(part)) &&
      (!state.control || i.rule.controls.includes(state.control)) && words.every((w) => i.hay.includes(w)));
    if (state.sort === "severity") found.sort((a, b) => b.f.s - a.f.s || a.index - b.index);
    if (state.sort === "file") found.sort(byFile);
    return found;
  }

  let opened = new Set();
  function draw() {
    for (const [node, key] of [[search, "q"], [file, "file"]]) if (node.value !== (state[key] || "")) node.value = state[key] || "";
    for (const [node, key] of [[rule, "rule"], [area, "area"], [show, "show"], [sort, "sort"]]) node.value = state[key] || "";
    const on = new Set((state.sev || "").split(",").filter(Boolean));
    toggles.forEach((t, i) => t.setAttribute("aria-pressed", String(on.has(SEVERITIES[i]))));
    const found = matching();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    let page = Math.min(Math.max(1, parseInt(state.page, 10) || 1), pages);
    if (state.id) {
      const at = found.findIndex((i) => i.f.x === state.id);
      if (at >= 0) { page = Math.floor(at / PAGE) + 1; opened.add(found[at].index); }
    }
    const all = items.filter((i) => state.show === "all" || !!i.f.e === (state.show === "accepted")).length;
    status.textContent = found.length === all ? many(found.length, "finding") : number(found.length) + " of " + many(all, "finding");
    extra.textContent = state.control ? "control " + state.control : "";
    extra.hidden = !state.control;
    clear.hidden = !KEYS.some((k) => !["sort", "page", "id"].includes(k) && state[k]);
    const shown = found.slice((page - 1) * PAGE, page * PAGE);
    list.replaceChildren(...shown.map(line));
    if (!shown.length) list.append(el("p", { class: "empty" }, items.length ? "No finding matches." : "Nothing was found."));
    paging(pager, page, pages, (to) => { state = { ...state, id: "", page: to > 1 ? String(to) : "" }; commit(); $("findings").scrollIntoView(); });
    return found;
  }

  function paging(node, page, pages, go) {
    node.replaceChildren();
    if (pages < 2) return;
    const button = (text, to) => {
      const b = el("button", { type: "button", class: "ghost", onclick: () => go(to) }, text);
      b.disabled = to < 1 || to > pages;
      return b;
    };
    node.append(button("Previous", page - 1), el("span", {}, "Page " + number(page) + " of " + number(pages)), button("Next", page + 1));
  }

  const where = (name, l) => (l ? name + ":" + l : name);

  function line(item) {
    const { f, rule: r, severity } = item;
    const node = el("article", { class: "item " + severity + (f.e ? " accepted" : ""), "data-id": f.x });
    const body = el("div", { class: "detail", id: "d" + item.index });
    const button = el("button", { type: "button", class: "row", "aria-controls": body.id, onclick: () => toggle(!opened.has(item.index)) },
      el("span", { class: "sev " + severity }, severity),
      el("span", {},
        inline(el("span", { class: "msg" }), f.m),
        el("span", { class: "sub" }, el("span", {}, f.o), el("code", {}, where(item.file, f.l)), el("span", {}, r.id))));
    function toggle(open) {
      if (open) opened.add(item.index); else opened.delete(item.index);
      button.setAttribute("aria-expanded", String(open));
      node.classList.toggle("open", open);
      body.hidden = !open;
      if (open && !body.firstChild) detail(item, body);
    }
    node.append(el("h3", {}, button), body);
    toggle(opened.has(item.index));
    return node;
  }

  function detail(item, body) {
    const { f, rule: r } = item;
    const head = (text) => el("h4", {}, text);
    if (f.e) body.append(el("p", { class: "accept" }, f.e));
    if (f.t) body.append(code(f.t, item.file));
    body.append(head("Why it matters"), inline(el("p"), r.title + ". " + sentence(r.reason)));
    if (f.w && f.w.length) {
      body.append(head("Why it ranks " + f.n + " of 100"), el("ul", { class: "chips" }, ...f.w.map((w) => el("li", {}, w))));
    }
    body.append(head("How to fix"), inline(el("p"), r.fix));
    for (const fix of f.d || []) {
      body.append(el("div", { class: "fixhead" }, head("Fix: " + fix.t),
        el("span", { class: "pill " + (fix.safe ? "met" : "not-evaluated") }, fix.safe ? "safe" : "look before you apply it")));
      body.append(diff(fix.d));
    }
    if (f.a) {
      body.append(head("Related places"), el("ul", { class: "related" }, ...f.a.map((a) =>
        el("li", {}, el("span", {}, a.b), el("code", { class: "caption" }, where(data.files[a.f], a.l))))));
    }
    if (r.controls.length) {
      body.append(head("Controls"), el("ul", { class: "chips" }, ...r.controls.map((c) =>
        el("li", data.controls[c] ? { title: data.controls[c] } : {}, c))));
    }
    if (r.docs) {
      const about = el("details", { class: "about", ontoggle: () => { if (about.open && about.children.length < 2) about.append(markdown(r.docs)); } },
        el("summary", {}, "About the rule " + r.id));
      body.append(about);
    }
    const link = el("a", { href: "#findings?id=" + encodeURIComponent(f.x) }, "Link to this finding");
    const meta = el("div", { class: "meta" },
      f.p ? el("span", {}, "pointer ", el("code", {}, f.p)) : null,
      el("span", {}, "confidence " + f.c), el("span", {}, "profile " + r.profile),
      el("span", {}, "fingerprint ", el("code", {}, f.x)), link);
    body.append(meta);
  }

  const sentence = (text) => (text ? text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".") : "");

  // Light colours only: enough to read by, never an attempt at parsing.
  const YAML = /(#.*$)|("(?:[^"\\]|\\.)*"|'[^']*')|([\w.\/$-]+)(?=\s*:(?:\s|$))|\b(true|false|null|\d+(?:\.\d+)?)\b/g;
  const DOCKER = /(#.*$)|("(?:[^"\\]|\\.)*"|'[^']*')|(\$\{?\w+\}?)|\b(\d+(?:\.\d+)?)\b|(^\s*(?:FROM|RUN|CMD|LABEL|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL|MAINTAINER)\b)/gi;
  const KINDS = ["tk-c", "tk-s", "tk-k", "tk-n", "tk-w"];
  function tokens(text, name) {
    const docker = /(docker|container)file/i.test(name);
    const out = [];
    const re = docker ? DOCKER : YAML;
    re.lastIndex = 0;
    for (let m; (m = re.exec(text)); ) {
      if (!m[0]) { re.lastIndex++; continue; }
      if (m[1] && m.index > 0 && (docker ? text.slice(0, m.index).trim() : !/\s/.test(text[m.index - 1]))) { re.lastIndex = m.index + 1; continue; }
      const kind = m.slice(1).findIndex((g) => g !== undefined);
      out.push([m.index, m.index + m[0].length, KINDS[kind]]);
    }
    return out;
  }
  function paint(text, name, mark) {
    const span = el("span", { class: "tx" });
    const parts = tokens(text, name);
    const cuts = new Set([0, text.length]);
    for (const [a, b] of parts) cuts.add(a).add(b);
    if (mark) cuts.add(mark[0]).add(mark[1]);
    const points = [...cuts].filter((p) => p <= text.length).sort((a, b) => a - b);
    let target = span;
    for (let i = 0; i + 1 < points.length; i++) {
      const [a, b] = [points[i], points[i + 1]];
      const inMark = mark && a >= mark[0] && b <= mark[1];
      if (inMark && target === span) { target = el("mark"); span.append(target); }
      if (!inMark) target = span;
      const token = parts.find(([s, e]) => a >= s && b <= e);
      target.append(token ? el("span", { class: token[2] }, text.slice(a, b)) : text.slice(a, b));
    }
    return span;
  }
  function code(frame, name) {
    const box = el("div", { class: "code", tabindex: "0", role: "region", "aria-label": "Code of " + name });
    frame.t.forEach((text, i) => {
      const mark = frame.m.find((m) => m[0] === i);
      box.append(el("div", { class: mark ? "ln hit" : "ln" }, el("span", { class: "no" }, String(frame.n + i)),
        paint(text, name, mark && mark[2] > mark[1] ? [mark[1], mark[2]] : null)));
    });
    return box;
  }
  function diff(lines) {
    const box = el("div", { class: "diff", tabindex: "0", role: "region", "aria-label": "Changes" });
    for (const text of lines) {
      const kind = { "+": "add", "-": "del", "@": "at" }[text[0]] || "";
      box.append(el("div", { class: "ln " + kind },
        el("span", { class: "sg" }, kind === "at" ? "" : text[0]), el("span", { class: "tx" }, text.slice(1) || " ")));
    }
    return box;
  }

  // The little of Markdown that rule pages use.
  function inline(node, text) {
    for (const part of text.split(/(`[^`]+`|\*\*[^*]+\*\*)/)) {
      if (/^`.+`$/.test(part)) node.append(el("code", {}, part.slice(1, -1)));
      else if (/^\*\*.+\*\*$/.test(part)) node.append(el("strong", {}, part.slice(2, -2)));
      else node.append(part);
    }
    return node;
  }
  function markdown(text) {
    const out = el("div", { class: "md" });
    let para = [], list = null, fence = null;
    const flush = () => { if (para.length) out.append(inline(el("p"), para.join(" "))); para = []; };
    for (const raw of text.split("\n")) {
      if (/^\s*```/.test(raw)) {
        flush(); list = null;
        if (fence) { out.append(el("pre", {}, fence.join("\n"))); fence = null; } else fence = [];
      } else if (fence) fence.push(raw);
      else if (!raw.trim()) { flush(); list = null; }
      else if (/^#{1,6}\s/.test(raw)) { flush(); list = null; out.append(inline(el("h4"), raw.replace(/^#+\s*/, ""))); }
      else if (/^\s*[-*]\s/.test(raw)) {
        flush();
        if (!list) { list = el("ul"); out.append(list); }
        list.append(inline(el("li"), raw.replace(/^\s*[-*]\s+/, "")));
      } else if (list) list.lastChild.append(" " + raw.trim());
      else para.push(raw.trim());
    }
    if (fence) out.append(el("pre", {}, fence.join("\n")));
    flush();
    return out;
  }

  // Coverage.
  const ledgerHost = $("ledger-list");
  const ledgerSearch = el("input", { type: "search", placeholder: "File or reason contains", "aria-label": "Search the ledger",
    autocomplete: "off", spellcheck: "false", oninput: () => later(() => setLedger({ q: ledgerSearch.value })) });
  const ledgerStatus = el("select", { "aria-label": "Status", onchange: () => setLedger({ status: ledgerStatus.value }) },
    el("option", { value: "gaps" }, "Gaps only"), el("option", { value: "" }, "Everything"),
    ...data.statuses.map((s) => el("option", { value: s }, s)));
  const ledgerBody = el("tbody");
  const ledgerPager = el("div", { class: "pager" });
  const ledgerNote = el("span", { role: "status", class: "quiet" });
  ledgerHost.append(el("div", { class: "tools" }, ledgerSearch, ledgerStatus, ledgerNote),
    el("div", { class: "scroll card flush" }, el("table", {},
      el("thead", {}, el("tr", {}, ...["Status", "File", "Taken for", "Reason"].map((h) => el("th", { scope: "col" }, h)))), ledgerBody)), ledgerPager);
  const hay = data.ledger.map((r) => [r.f, r.k, r.w, r.r || "", r.h || ""].join("\n").toLowerCase());
  const gaps = data.ledger.filter((r) => r.s < 2).length;
  const PILL = ["broken", "not-evaluated", "met", "not-applicable", "not-applicable"];
  function setLedger(change) { ledgerState = { ...ledgerState, page: "", ...change }; write("coverage", LEDGER_KEYS, ledgerState, false); drawLedger(); }
  function drawLedger() {
    const status = ledgerState.status === undefined ? (gaps ? "gaps" : "") : ledgerState.status;
    ledgerStatus.value = status;
    if (ledgerSearch.value !== (ledgerState.q || "")) ledgerSearch.value = ledgerState.q || "";
    const words = (ledgerState.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    const found = data.ledger.filter((r, i) => (!status || (status === "gaps" ? r.s < 2 : data.statuses[r.s] === status)) && words.every((w) => hay[i].includes(w)));
    const pages = Math.max(1, Math.ceil(found.length / LEDGER_PAGE));
    const page = Math.min(Math.max(1, parseInt(ledgerState.page, 10) || 1), pages);
    ledgerNote.textContent = number(found.length) + " of " + many(data.ledger.length, "row");
    ledgerBody.replaceChildren(...found.slice((page - 1) * LEDGER_PAGE, page * LEDGER_PAGE).map((r) => el("tr", {},
      el("td", {}, el("span", { class: "pill " + PILL[r.s] }, data.statuses[r.s])),
      el("td", {}, el("code", {}, where(r.f, r.l))), el("td", {}, r.k),
      el("td", {}, r.w, r.r ? el("small", {}, " (rule " + r.r + ")") : null, r.h ? el("span", { class: "hint" }, r.h) : null))));
    if (!found.length) ledgerBody.append(el("tr", {}, el("td", { colspan: "4", class: "empty" }, status === "gaps" ? "No gaps." : "No row matches.")));
    paging(ledgerPager, page, pages, (to) => setLedger({ page: String(to) }));
  }

  function follow(scroll, first) {
    const [name, params] = parse(location.hash);
    if (name === "findings") { state = Object.fromEntries(KEYS.map((k) => [k, params.get(k) || ""])); draw(); }
    if (name === "coverage") { ledgerState = Object.fromEntries([...params]); drawLedger(); }
    const target = state.id && name === "findings" ? list.querySelector('[data-id="' + CSS.escape(state.id) + '"]') : $(name);
    if (scroll && target) target.scrollIntoView(first ? { behavior: "instant" } : {});
  }
  addEventListener("hashchange", () => follow(true));
  // The same link once more is no change of address, but the reader still wants to go there.
  addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); follow(true); }
  });
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName || "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); search.focus(); }
    if (event.key === "Escape" && event.target === search && search.value) { event.preventDefault(); set({ q: "" }); }
  });

  // On paper, the most urgent of what is shown, with everything about it.
  let before = null;
  addEventListener("beforeprint", () => {
    before = opened;
    const found = matching().slice(0, 200);
    opened = new Set(found.map((i) => i.index));
    list.replaceChildren(...found.map(line));
  });
  addEventListener("afterprint", () => { if (before) { opened = before; before = null; draw(); } });

  draw();
  drawLedger();
  follow(location.hash.length > 1, true);
})();
