"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  const PAGE_OF_STATEMENTS = 8;
  // How many rows a browser can redraw at once while somebody types.
  const PAGE_OF_SPEAKERS = 150;
  const WINDOWS = ["year", "quarter", "month", "week", "day"];
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  // Text enters the page only as text nodes and attributes, so articles cannot inject markup.
  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
    }
    for (const child of children.flat(3)) {
      if (child !== null && child !== undefined && child !== false) node.append(child);
    }
    return node;
  }
  const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  const byId = (id) => document.getElementById(id);

  const scales = new Map(data.scales.map((x) => [x.name, x]));
  const targets = new Map(data.targets.map((x) => [x.id, x]));
  // Rows are arrays, which keeps the page small; data.columns names their columns.
  const named = (kind, row) => Object.fromEntries(data.columns[kind].map((name, i) => [name, row[i]]));
  const speakers = data.speakers.map((row) => {
    const speaker = named("speakers", row);
    return { ...speaker, folded: fold([speaker.name, speaker.role, speaker.affiliation].filter(Boolean).join(" ")) };
  });
  const windows = data.windows.map((w) => ({ ...w, period: periodOf(w.window, w.start) }));
  const scoreRows = data.scores.map((row) => {
    const { inWindow, ...score } = named("scores", row);
    const window = windows[inWindow];
    return {
      ...window, ...score, speaker: speakers[score.speaker], lowN: score.lowN === 1, significant: score.significant === 1,
      labels: score.labels.map((share, i) => labelOf(scales.get(window.scale).labels[i].name, named("labels", share), score.n)),
    };
  });
  const statementRows = data.statements.map((row) => {
    const statement = named("statements", row);
    const { id, ...printed } = named("articles", data.articles[statement.article]);
    return {
      ...statement, ...printed, article: id, speaker: speakers[statement.speaker],
      judgements: statement.judgements.map((x) => onScaleAndTarget(named("judgements", x))),
      tints: statement.tints.map((x) => onScaleAndTarget(named("tints", x))),
    };
  });

  function onScaleAndTarget(x) {
    return { ...x, scale: data.scales[x.scale]?.name, target: x.target === null ? null : data.targets[x.target]?.id };
  }

  function labelOf(label, { statements, low, high, adjusted }, n) {
    return { label, n: statements, share: statements / n, low, high, adjusted };
  }

  /** Folds text to lower case without accents and with single spaces, as people type names. */
  function fold(text) {
    const plain = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
    return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[ßæœøđðłþı]/g, (c) => plain[c])
      .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF'’ʼ]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  function groupBy(rows, key) {
    const groups = new Map();
    for (const row of rows) {
      const k = key(row);
      if (groups.has(k)) groups.get(k).push(row);
      else groups.set(k, [row]);
    }
    return groups;
  }
  // A page may hold a hundred thousand scores. This index keeps a redraw from scanning all of them.
  const onScale = (r) => JSON.stringify([r.scale, r.target]);
  const scoresOf = groupBy(scoreRows, onScale);
  const windowsOf = groupBy(windows, onScale);
  const saidBy = groupBy(statementRows, (x) => x.speaker);

  function periodOf(window, start) { return window === "all" ? "all" : window + ":" + start; }

  // ---- What the reader chose. The address bar holds it too, so that readers can share it. ----

  const state = { scale: null, target: null, period: "all", by: null, sort: "score", down: false, q: "", sure: false, plain: false, speaker: null, shown: PAGE_OF_STATEMENTS, listed: PAGE_OF_SPEAKERS };

  function readHash() {
    const given = new URLSearchParams(location.hash.slice(1));
    state.scale = scales.has(given.get("scale")) ? given.get("scale") : data.scales[0]?.name;
    const held = targetsOf(state.scale);
    state.target = held.some((t) => t.id === given.get("target")) ? given.get("target") : held[0]?.id;
    state.period = given.get("period") || "all";
    if (!periods().includes(state.period)) state.period = periods()[0] || "all";
    state.by = WINDOWS.includes(given.get("by")) ? given.get("by") : null;
    state.sort = Object.hasOwn(SORTS, given.get("sort") || "") ? given.get("sort") : "score";
    state.down = given.get("down") === "1";
    state.q = given.get("q") || "";
    state.sure = given.get("sure") === "1";
    state.plain = given.get("plain") === "1";
    state.speaker = speakers.find((x) => x.id === given.get("speaker")) || null;
    state.shown = PAGE_OF_STATEMENTS;
    state.listed = PAGE_OF_SPEAKERS;
  }

  function writeHash() {
    const chosen = new URLSearchParams({ scale: state.scale || "", target: state.target || "", period: state.period });
    if (state.by) chosen.set("by", state.by);
    if (state.sort !== "score") chosen.set("sort", state.sort);
    if (state.down) chosen.set("down", "1");
    if (state.q) chosen.set("q", state.q);
    if (state.sure) chosen.set("sure", "1");
    if (state.plain) chosen.set("plain", "1");
    if (state.speaker) chosen.set("speaker", state.speaker.id);
    history.replaceState(null, "", "#" + chosen);
  }

  function choose(change) {
    Object.assign(state, change);
    if ("scale" in change && !targetsOf(state.scale).some((t) => t.id === state.target)) state.target = targetsOf(state.scale)[0]?.id;
    if (!periods().includes(state.period)) state.period = periods()[0] || "all";
    if (!["shown", "plain", "listed"].some((key) => key in change)) state.shown = PAGE_OF_STATEMENTS;
    // Keeps a speaker visible who was picked far down the list.
    if (!["shown", "plain", "listed", "speaker", "by"].some((key) => key in change)) state.listed = PAGE_OF_SPEAKERS;
    writeHash();
    draw();
  }

  function targetsOf(scale) {
    return data.targets.filter((t) => windowsOf.has(onScale({ scale, target: t.id })));
  }

  function held() { return scoresOf.get(onScale(state)) || []; }

  /** Returns the windows of the scale and target, all time first. */
  function windowsHeld() { return windowsOf.get(onScale(state)) || []; }
  const chosenWindow = () => windowsHeld().find((w) => w.period === state.period);

  function periods() {
    return [...windowsHeld()]
      .sort((a, b) => order(a) - order(b) || (a.start < b.start ? -1 : 1))
      .map((w) => w.period);
  }
  const order = (r) => (r.window === "all" ? -1 : WINDOWS.indexOf(r.window));

  // ---- Numbers and days as people read them. ----

  const signed = (x) => (x < -0.005 ? "−" : x > 0.005 ? "+" : "±") + Math.abs(x).toFixed(2);
  const percent = (x) => Math.round(x * 100) + " %";
  /** An adjusted share is always above 0, so it is never shown as 0 %. */
  const adjusted = (x) => (x < 0.005 ? "under 1 %" : percent(x));
  const plural = (n, one, many) => n.toLocaleString("en") + " " + (n === 1 ? one : many);
  function day(iso) {
    if (!iso) return "no date";
    const [y, m, d] = iso.split("-");
    return +d + " " + MONTHS[m - 1] + " " + y;
  }
  function periodName(period) {
    if (period === "all") return "all time";
    const [window, start] = period.split(":");
    const [y, m] = start.split("-");
    switch (window) {
      case "year": return y;
      case "quarter": return "Q" + (Math.floor((m - 1) / 3) + 1) + " " + y;
      case "month": return MONTHS[m - 1] + " " + y;
      case "week": return "week of " + day(start);
      default: return day(start);
    }
  }
  const targetName = () => targets.get(state.target)?.name || "";

  function range() {
    const values = scales.get(state.scale).labels.map((l) => l.value);
    return { min: Math.min(...values), max: Math.max(...values), middle: (Math.min(...values) + Math.max(...values)) / 2 };
  }
  /** Returns a side only if the whole interval lies on it. */
  function side(low, high) {
    const { middle } = range();
    return low > middle ? "high" : high < middle ? "low" : "mid";
  }
  function sideOfLabel(name) {
    const label = scales.get(state.scale).labels.find((l) => l.name === name);
    return label ? side(label.value, label.value) : "mid";
  }
  /** Returns the name of an end of the scale. */
  function end(which) {
    const { min, max } = range();
    return scales.get(state.scale).labels.find((l) => l.value === (which === "low" ? min : max)).name;
  }

  // ---- Controls. ----

  function options(select, entries, chosen) {
    const groups = new Map();
    for (const entry of entries) {
      if (!groups.has(entry.group)) groups.set(entry.group, []);
      groups.get(entry.group).push(h("option", { value: entry.value, selected: entry.value === chosen }, entry.text));
    }
    select.replaceChildren(...[...groups].flatMap(([name, all]) => (name ? [h("optgroup", { label: name }, all)] : all)));
    select.value = chosen;
  }

  function drawControls() {
    options(byId("scale"), data.scales.map((x) => ({ value: x.name, text: x.name })), state.scale);
    options(byId("target"), targetsOf(state.scale).map((t) => ({ value: t.id, text: t.name })), state.target);
    options(byId("period"), periods().map((p) => {
      const window = p.split(":")[0];
      return { value: p, text: p === "all" ? "All time" : periodName(p), group: p === "all" ? "" : window[0].toUpperCase() + window.slice(1) + "s" };
    }), state.period);
    if (byId("q") !== document.activeElement) byId("q").value = state.q;
    byId("sure").checked = state.sure;
  }

  // ---- The ranking: a table in which one column is the chart. ----

  const place = (value) => { const { min, max } = range(); return (100 * (value - min)) / (max - min) + "%"; };

  function axis() {
    const { min, max, middle } = range();
    const labels = scales.get(state.scale).labels;
    return s("svg", { "aria-hidden": "true" },
      // Only the ends are named; there is rarely room between them.
      [end("low"), end("high")].map((name, i) => s("text", { x: i ? "100%" : "0%", y: 12, "text-anchor": i ? "end" : "start", class: i ? "f-high" : "f-low", "font-weight": 600 }, name)),
      labels.map((l) => s("text", { x: place(l.value), y: 27, "text-anchor": l.value === min ? "start" : l.value === max ? "end" : "middle" }, l.value > 0 ? "+" + l.value : String(l.value).replace("-", "−"))),
      s("line", { x1: "0%", x2: "100%", y1: 33, y2: 33, class: "axis" }),
      s("line", { x1: place(middle), x2: place(middle), y1: 30, y2: 34, class: "axis" }));
  }

  function whisker(r) {
    const { middle } = range();
    const colour = side(r.low, r.high);
    return s("svg", { role: "img", "aria-label": "score " + signed(r.score) + ", 95 % interval " + signed(r.low) + " to " + signed(r.high) },
      s("line", { x1: "0%", x2: "100%", y1: 15, y2: 15, class: "axis" }),
      s("line", { x1: place(middle), x2: place(middle), y1: 0, y2: 30, class: "zero" }),
      s("line", { x1: place(r.low), x2: place(r.high), y1: 15, y2: 15, class: "s-" + colour, "stroke-width": 3, "stroke-linecap": "round", opacity: r.lowN ? 0.55 : 1 }),
      s("circle", { cx: place(r.score), cy: 15, r: 6, class: r.lowN ? "hollow s-" + colour : "f-" + colour }));
  }

  const SORTS = {
    name: (r) => r.speaker.name.toLocaleLowerCase(), score: (r) => r.score, n: (r) => r.n,
    change: (r) => (r.change === null ? -Infinity : r.change),
  };

  const words = (text) => fold(text).split(" ").filter(Boolean);
  /** Returns whether the name or role contains all words of the search, in any order. */
  const fits = (speaker, searched) => searched.every((word) => speaker.folded.includes(word));

  function ranking() {
    const searched = words(state.q);
    const key = SORTS[state.sort];
    return held()
      .filter((r) => r.period === state.period && (!state.sure || !r.lowN) && fits(r.speaker, searched))
      .sort((a, b) => {
        const x = key(a), y = key(b);
        const way = x < y ? -1 : x > y ? 1 : 0;
        return (state.down ? -way : way) || (a.speaker.name < b.speaker.name ? -1 : 1);
      });
  }

  // ---- What the page leaves out, and the queries that find it. ----

  const quoted = (text) => "'" + text.replaceAll("'", "''") + "'";
  const query = (sql) => h("code", { class: "query" }, sql);

  function leftOutQuery() {
    const w = chosenWindow();
    const start = w.start ? " AND window_start = DATE " + quoted(w.start) : "";
    // A database tells accents apart, so the query has the words as they were typed.
    const named = state.q.trim().split(/\s+/).filter(Boolean).map((word) => " AND lower(speaker) LIKE " + quoted("%" + word.toLowerCase() + "%")).join("");
    return query("SELECT speaker, distinct_statements, score, low, high FROM speaker_scores WHERE scale = " + quoted(state.scale) +
      " AND target_id = " + quoted(state.target) + ' AND "window" = ' + quoted(w.window) + start + named + " ORDER BY distinct_statements DESC");
  }

  function leftOut() {
    const w = chosenWindow();
    if (!w || !w.leftOut) return null;
    return [plural(w.leftOut, "more speaker has", "more speakers have") + " a score here that this page leaves out, from " +
      (w.most === 1 ? "one distinct statement" : "at most " + plural(w.most, "distinct statement", "distinct statements")) + (w.leftOut === 1 ? "" : " each") +
      ". They are in the table speaker_scores: ", leftOutQuery()];
  }

  /** Says why the list is empty. */
  function nobody() {
    const here = held().filter((r) => r.period === state.period);
    const searched = words(state.q);
    if (here.length === 0) return ["Nobody on this page has a score here. ", leftOut()];
    const unsure = here.filter((r) => fits(r.speaker, searched)).length;
    if (unsure > 0) return [plural(unsure, "speaker", "speakers") + " with few statements " + (unsure === 1 ? "fits, but is" : "fit, but are") + " hidden."];
    const elsewhere = speakers.filter((x) => fits(x, searched));
    return ["No speaker among the " + here.length.toLocaleString("en") + " listed here fits “" + state.q.trim() + "”. ",
      elsewhere.length > 0 && "On another scale, target or window of this page: " + elsewhere.slice(0, 5).map((x) => x.name).join("; ") + (elsewhere.length > 5 ? "; …" : "") + ". ",
      leftOut()];
  }

  function sortable(key, text, attributes) {
    const sorted = state.sort === key;
    return h("th", { scope: "col", ...attributes, "aria-sort": sorted ? (state.down ? "descending" : "ascending") : "none" },
      h("button", { type: "button", "data-sort": key, onclick: () => choose({ sort: key, down: sorted ? !state.down : key !== "name" && key !== "score" }) }, text));
  }

  function roleOf(speaker) {
    // A role such as "spokesman, Foreign Ministry" already contains the affiliation.
    const said = speaker.role && speaker.affiliation && speaker.role.includes(speaker.affiliation);
    const role = [speaker.role, said ? null : speaker.affiliation].filter(Boolean).join(", ");
    return role || (speaker.kind === "person" ? "" : speaker.kind);
  }

  function changeOf(r) {
    if (r.change === null) return "";
    return (r.significant ? (r.change > 0 ? "▲ " : "▼ ") : "") + signed(r.change);
  }

  function drawRanking() {
    const rows = ranking();
    const low = rows.filter((r) => side(r.low, r.high) === "low").length;
    const high = rows.filter((r) => side(r.low, r.high) === "high").length;
    byId("heading").textContent = "Where they stand";
    byId("headline").replaceChildren(
      plural(rows.length, "speaker", "speakers") + " on the scale " + state.scale + ", " + targetName() + ", " + periodName(state.period) + ". ",
      h("b", { class: "c-low" }, low.toLocaleString("en") + " " + end("low")), ", ", h("b", { class: "c-high" }, high.toLocaleString("en") + " " + end("high")),
      ", " + (rows.length - low - high).toLocaleString("en") + " whose interval includes the middle. Choose a speaker to see the sentences behind the number.");
    const changes = state.period !== "all";
    byId("ranking").replaceChildren(
      h("caption", { class: "hide" }, "Speakers with score, 95 % interval and number of distinct statements"),
      h("thead", {}, h("tr", {},
        sortable("name", "Speaker"),
        h("th", { scope: "col", class: "plot" }, h("span", { class: "hide" }, "Score and interval on the scale"), axis()),
        sortable("score", "Score", { class: "num" }),
        h("th", { scope: "col", class: "num spare" }, "95 % interval"),
        sortable("n", h("span", {}, h("abbr", { title: "distinct statements" }, "n")), { class: "num" }),
        changes && sortable("change", "Change", { class: "num spare" }))),
      h("tbody", {}, rows.slice(0, state.listed).map((r) => h("tr", { class: r.speaker === state.speaker ? "chosen" : null, onclick: () => pick(r.speaker) },
        h("td", {},
          h("button", { type: "button", class: "who", "data-speaker": r.speaker.id, "aria-pressed": r.speaker === state.speaker ? "true" : "false" }, r.speaker.name),
          h("span", { class: "role" }, r.lowN && h("span", { class: "tag", title: "fewer than " + data.run.lowN + " distinct statements" }, "few"), roleOf(r.speaker))),
        h("td", { class: "plot" }, whisker(r)),
        h("td", { class: "num c-" + side(r.low, r.high) }, h("b", {}, signed(r.score))),
        h("td", { class: "num spare soft" }, signed(r.low) + " … " + signed(r.high)),
        h("td", { class: "num" }, r.n),
        changes && h("td", { class: "num spare" }, changeOf(r))))));
    byId("none").hidden = rows.length > 0;
    byId("none").replaceChildren();
    fill(byId("none"), {}, rows.length > 0 ? [] : nobody());
    byId("rest").replaceChildren();
    fill(byId("rest"), {}, rows.length === 0 ? [] : [
      rows.length > state.listed && h("button", { type: "button", class: "more", onclick: () => choose({ listed: state.listed + 4 * PAGE_OF_SPEAKERS }) }, "Show more speakers (" + (rows.length - state.listed).toLocaleString("en") + ")"),
      leftOut() && h("p", { class: "small soft" }, leftOut())]);
  }

  function pick(speaker) {
    choose({ speaker });
    if (window.matchMedia("(max-width: 1020px)").matches) byId("detail").scrollIntoView({ block: "start" });
    else byId("detail").scrollTop = 0;
  }

  // ---- One speaker. ----

  function drawDetail() {
    const speaker = state.speaker;
    const detail = byId("detail");
    if (!speaker) {
      detail.replaceChildren(h("h2", {}, "One speaker"), h("p", { class: "empty" }, "No speaker is chosen, or none matches the search."));
      return;
    }
    const own = held().filter((r) => r.speaker === speaker);
    const now = own.find((r) => r.period === state.period);
    detail.replaceChildren();
    fill(detail, {}, [
      h("h2", {}, speaker.name), h("div", { class: "soft" }, roleOf(speaker)),
      now ? numbers(now) : h("p", { class: "warn" }, noScore(speaker)),
      timeline(own), shares(), statements(),
    ]);
  }

  function noScore(speaker) {
    const w = chosenWindow();
    if (!w || !w.leftOut) return "No statement on this scale and target in " + periodName(state.period) + ".";
    return "This page has no score of " + speaker.name + " in " + periodName(state.period) + ". If there is one, it rests on at most " + plural(w.most, "distinct statement", "distinct statements") + " and is in the table speaker_scores.";
  }

  function numbers(r) {
    return [
      h("div", { class: "numbers" },
        h("div", {}, h("b", { class: "c-" + side(r.low, r.high) }, signed(r.score)), "score, " + periodName(r.period)),
        h("div", {}, h("b", {}, signed(r.low) + " … " + signed(r.high)), "95 % interval"),
        h("div", {}, h("b", {}, r.n), r.statements > r.n ? "distinct of " + r.statements + " statements" : "distinct statements"),
        h("div", {}, h("b", {}, signed(r.mean)), "plain mean"),
        h("div", {}, h("b", {}, r.articles), plural(r.articles, "article", "articles").replace(/^\S+ /, "") + (r.outlets > 0 ? " in " + plural(r.outlets, "outlet", "outlets") : ", outlet not given")),
        r.change !== null && h("div", {}, h("b", {}, changeOf(r)), "change" + (r.significant ? "" : ", within chance"))),
      r.lowN && h("p", { class: "warn" }, "Few: fewer than " + data.run.lowN + " distinct statements. The score depends mostly on the mean of all speakers, and the next sentence may change it."),
    ];
  }

  function timeline(own) {
    const grains = WINDOWS.filter((w) => own.some((r) => r.window === w));
    if (grains.length === 0) return windowsHeld().some((w) => w.window !== "all") && h("p", { class: "small soft" }, "This page holds no time line of " + state.speaker.name + "; the table speaker_scores does.");
    const by = grains.includes(state.by) ? state.by : grains.includes("month") ? "month" : grains[0];
    const rows = own.filter((r) => r.window === by).sort((a, b) => (a.start < b.start ? -1 : 1));
    const said = statementsOf().map((x) => ({ date: x.date, judgement: judged(x) })).filter((x) => x.date);
    const figure = h("figure", {});
    const block = h("div", {},
      h("div", { class: "row" }, h("h3", {}, "Over time"),
        h("div", { class: "seg", role: "group", "aria-label": "length of the windows" }, grains.map((w) => h("button", { type: "button", "aria-pressed": w === by ? "true" : "false", onclick: () => choose({ by: w }) }, w)))),
      figure,
      h("details", { class: "figures" }, h("summary", {}, "These figures as a table"),
        h("table", {}, h("thead", {}, h("tr", {}, ["Window", "Score", "95 % interval", "n", "Change"].map((x, i) => h("th", { scope: "col", class: i ? "num" : null }, x)))),
          h("tbody", {}, rows.map((r) => h("tr", {},
            h("td", {}, h("button", { type: "button", onclick: () => choose({ period: r.period }) }, periodName(r.period))),
            h("td", { class: "num" }, signed(r.score)), h("td", { class: "num" }, signed(r.low) + " … " + signed(r.high)), h("td", { class: "num" }, r.n), h("td", { class: "num" }, changeOf(r))))))));
    // The width is known only once the block is in the page.
    requestAnimationFrame(() => drawTimeline(figure, rows, said, by));
    return block;
  }

  function drawTimeline(figure, rows, said, by) {
    const width = Math.max(260, figure.clientWidth), height = 226, left = 8, right = 8, top = 18, bottom = 38;
    const { min, max, middle } = range();
    const at = (iso) => Date.parse(iso + "T00:00:00Z");
    const mid = (r) => (at(r.start) + at(r.end) + 864e5) / 2;
    const first = at(rows[0].start), last = at(rows[rows.length - 1].end) + 864e5;
    const x = (t) => left + 10 + ((width - left - right - 20) * (t - first)) / (last - first);
    const y = (v) => top + ((height - top - bottom) * (max - v)) / (max - min);
    const next = (a, b) => at(b.start) - at(a.end) <= 864e5 + 1;

    const ticks = [];
    const begin = new Date(first);
    for (let d = new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth(), 1)); d.getTime() < last; d.setUTCMonth(d.getUTCMonth() + 1)) {
      if (d.getTime() >= first) ticks.push(new Date(d));
    }
    const every = Math.ceil(ticks.length / Math.max(2, Math.floor(width / 62)));

    const bands = [], lines = [];
    for (let i = 0; i < rows.length; i++) {
      const r = rows[i];
      // A single window has no band; its whisker shows the interval.
      if (i && next(rows[i - 1], r)) {
        const p = rows[i - 1];
        bands.push(s("polygon", { class: "band", points: [[mid(p), p.high], [mid(r), r.high], [mid(r), r.low], [mid(p), p.low]].map(([t, v]) => x(t).toFixed(1) + "," + y(v).toFixed(1)).join(" ") }));
        lines.push(s("line", { class: "trace", x1: x(mid(p)), y1: y(p.score), x2: x(mid(r)), y2: y(r.score) }));
      } else if (i) {
        const p = rows[i - 1];
        lines.push(s("line", { class: "gap", x1: x(mid(p)), y1: y(p.score), x2: x(mid(r)), y2: y(r.score) }));
      }
    }
    const dots = rows.map((r) => {
      const colour = side(r.low, r.high);
      const period = r.period;
      const text = periodName(period) + ": score " + signed(r.score) + ", 95 % interval " + signed(r.low) + " to " + signed(r.high) + ", " + plural(r.n, "statement", "statements");
      const go = () => choose({ period });
      return s("g", { class: "pick", tabindex: 0, role: "button", "aria-label": text, onclick: go, onkeydown: (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); go(); } } },
        s("title", {}, text),
        s("line", { x1: x(mid(r)), x2: x(mid(r)), y1: y(r.low), y2: y(r.high), class: "s-" + colour, "stroke-width": 2, opacity: r.lowN ? 0.5 : 0.9 }),
        s("circle", { cx: x(mid(r)), cy: y(r.score), r: 13, fill: "transparent" }),
        s("circle", { cx: x(mid(r)), cy: y(r.score), r: Math.min(9, 4 + Math.sqrt(r.n) * 0.8), class: (r.lowN ? "hollow s-" + colour : "f-" + colour) + (period === state.period ? " current" : "") }));
    });
    figure.replaceChildren(
      s("svg", { width, height, viewBox: "0 0 " + width + " " + height, role: "group", "aria-label": "Score by " + by + " with 95 % interval" },
        [min, middle, max].map((v) => s("line", { x1: left, x2: width - right, y1: y(v), y2: y(v), class: v === middle ? "zero" : "axis" })),
        s("text", { x: left, y: top - 6, class: "f-high" }, "↑ " + end("high")), s("text", { x: left, y: height - bottom + 14, class: "f-low" }, "↓ " + end("low")),
        ticks.filter((_, i) => i % every === 0).map((d) => s("text", { x: x(d.getTime()), y: height - 3, "text-anchor": "start" }, MONTHS[d.getUTCMonth()] + (d.getUTCMonth() === 0 || d === ticks[0] ? " " + d.getUTCFullYear() : ""))),
        ticks.map((d) => s("line", { x1: x(d.getTime()), x2: x(d.getTime()), y1: top, y2: height - bottom, class: "axis", opacity: 0.6 })),
        bands, said.map((q) => s("circle", { cx: x(at(q.date) + 432e5), cy: y(q.judgement.position), r: 2.6, class: "said f-" + sideOfLabel(q.judgement.label) })), lines, dots),
      h("figcaption", {}, "Large dots are the score of each " + by + " with its 95 % interval, hollow if n is low; lines are dashed across " + by + "s without a statement. Small dots are single statements on this page. Choose a dot to see its sentences."));
  }

  function shares() {
    const rows = [...(held().find((r) => r.speaker === state.speaker && r.period === state.period)?.labels || [])];
    if (rows.length === 0) return null;
    const labels = [...scales.get(state.scale).labels].sort((a, b) => a.value - b.value).map((l) => l.name);
    rows.sort((a, b) => labels.indexOf(a.label) - labels.indexOf(b.label));
    const isAdjusted = rows.every((r) => r.adjusted !== null);
    let from = 0;
    return h("div", {}, h("h3", {}, "Labels"),
      s("svg", { class: "stack", role: "img", "aria-label": rows.map((r) => r.label + " " + percent(r.share)).join(", ") }, rows.map((r) => {
        const bar = s("rect", { x: 100 * from + "%", width: 100 * r.share + "%", y: 0, height: 16, class: "f-" + sideOfLabel(r.label) });
        from += r.share;
        return bar;
      })),
      h("table", { class: "labels" }, h("thead", {}, h("tr", {}, ["Label", "Share", "95 % interval", isAdjusted && "Adjusted", "n"].filter(Boolean).map((x, i) => h("th", { scope: "col", class: i ? "num" : null, title: x === "Adjusted" ? "share corrected for the model's known confusions" : null }, x)))),
        h("tbody", {}, rows.map((r) => h("tr", {}, h("td", {}, h("span", { class: "chip w-" + sideOfLabel(r.label) }, r.label)), h("td", { class: "num" }, percent(r.share)),
          h("td", { class: "num soft" }, percent(r.low) + " – " + percent(r.high)), isAdjusted && h("td", { class: "num" }, adjusted(r.adjusted)), h("td", { class: "num" }, r.n))))),
      !isAdjusted && h("p", { class: "small soft" }, "The model confuses some labels. These statements are too few, or too uncertain, to correct the shares for that."));
  }

  const judged = (x) => x.judgements.find((j) => j.scale === state.scale && j.target === state.target);
  function statementsOf() { return (saidBy.get(state.speaker) || []).filter(judged); }

  function statements() {
    const window = chosenWindow();
    const all = statementsOf()
      .filter((x) => state.period === "all" || (x.date && window && x.date >= window.start && x.date <= window.end))
      .sort((a, b) => ((b.date || "") < (a.date || "") ? -1 : (b.date || "") > (a.date || "") ? 1 : a.start - b.start));
    const own = held().find((r) => r.speaker === state.speaker && r.period === state.period);
    return h("div", {},
      h("div", { class: "row" }, h("h3", {}, "The sentences behind it, " + periodName(state.period)),
        state.period !== "all" && periods().includes("all") && h("button", { type: "button", class: "small c-high", onclick: () => choose({ period: "all" }) }, "show all time")),
      all.some((x) => x.tints.some((t) => t.scale === state.scale)) || (all.length > 0 && data.tintings.some((t) => !t.drawn)) ? legend() : null,
      h("ul", { class: "said-list" }, all.slice(0, state.shown).map(statement)),
      all.length > state.shown && h("button", { type: "button", class: "more", onclick: () => choose({ shown: state.shown + 3 * PAGE_OF_STATEMENTS }) }, "Show more (" + (all.length - state.shown) + ")"),
      own && own.n > all.length && h("p", { class: "small soft" }, notHere(all.length, own.n), " All of them: ", sentencesQuery(window)));
  }

  const notHere = (here, n) => here === 0
    ? "This page holds none of the " + plural(n, "distinct statement", "distinct statements") + "."
    : "These are the newest " + here + " of " + plural(n, "distinct statement", "distinct statements") + ".";

  function sentencesQuery(window) {
    const within = window && window.start ? " AND published_date BETWEEN DATE " + quoted(window.start) + " AND DATE " + quoted(window.end) : "";
    const towards = state.target === "all" ? "" : " AND statement_id IN (SELECT statement_id FROM statement_scores WHERE scale = " + quoted(state.scale) + " AND target_id = " + quoted(state.target) + ")";
    return query("SELECT published_date, outlet, text FROM statements WHERE asserted AND speaker_id = " + quoted(state.speaker.id) + within + towards + " ORDER BY published_date DESC");
  }

  // ---- How words pull the model's label. ----

  // Log-odds from which a word gets the light, the medium and the strong tint.
  const TINTS = [0, 0.35, 0.9];
  function pulled(word, value, title) {
    const step = TINTS.findLastIndex((least) => Math.abs(value) >= least) + 1;
    return h("span", { class: "pull p-" + (value < 0 ? "low" : "high") + " p-" + step, title }, word);
  }

  function tinted(x, text, which) {
    const own = x.tints.filter((t) => t.scale === state.scale);
    const tint = own.find((t) => t.target === state.target) || own.find((t) => t.target === null);
    if (!tint || state.plain) return text;
    const parts = [], pulls = tint[which];
    let at = 0;
    for (let i = 0; i < pulls.length; i += 3) {
      const [start, length, hundredths] = pulls.slice(i, i + 3);
      const word = text.slice(start, start + length), value = hundredths / 100;
      parts.push(text.slice(at, start), pulled(word, value, word + ": " + Math.abs(value).toFixed(2) + " towards " + end(value < 0 ? "low" : "high")));
      at = start + length;
    }
    return [...parts, text.slice(at)];
  }

  function legend() {
    const tinting = data.tintings.find((t) => t.scale === state.scale);
    if (!tinting) return null;
    if (!tinting.drawn) return h("p", { class: "small soft" }, tinting.note[0].toUpperCase() + tinting.note.slice(1) + ".");
    const button = h("button", { type: "button", class: "c-high", onclick: () => choose({ plain: !state.plain }) }, state.plain ? "show which words pull where" : "plain text");
    if (state.plain) return h("p", { class: "legend small soft" }, button);
    const ramp = (sign) => TINTS.map((least) => pulled("\u2003", sign * (least + 0.01), null));
    return h("p", { class: "legend small soft", title: "The number of a word: " + tinting.note + "." },
      "Words pull towards ", h("span", { class: "key" }, h("b", { class: "c-low" }, end("low")), " ", ramp(-1)), " or ", h("span", { class: "key" }, h("b", { class: "c-high" }, end("high")), " ", ramp(1)),
      h("span", { class: "act" }, "; point at a word to see its number. ", button));
  }

  const credit = (x) => tinted(x, [x.source, x.cue].filter(Boolean).join(" "), "creditPulls");
  /** Shows a quotation as printed, with its marks, and reported speech after the words that credit it. */
  function printed(x) {
    const text = tinted(x, x.text, "pulls");
    if (x.kind === "direct") return text;
    return [(x.source || x.cue) && h("span", { class: "by" }, credit(x), ": "), text];
  }

  function statement(x) {
    const j = judged(x);
    // Articles may contain any address; only web addresses become links.
    const link = x.url && /^https?:\/\//i.test(x.url) ? h("a", { href: x.url, rel: "noopener noreferrer nofollow", target: "_blank", title: x.title }, x.outlet || "outlet not given") : h("span", { title: x.title }, x.outlet || "outlet not given");
    const repeated = x.repeats > 0 ? "printed " + (x.repeats + 1) + " times" : null;
    return h("li", {},
      h("blockquote", {}, printed(x)),
      h("div", { class: "meta" },
        h("span", { class: "chip w-" + sideOfLabel(j.label), title: "position " + signed(j.position) }, j.label + " · " + percent(j.confidence)),
        h("span", {}, day(x.date)), link, h("span", {}, x.kind), repeated && h("span", {}, repeated)),
      h("div", { class: "place" }, x.kind === "direct" && (x.source || x.cue) && ["credited by “", credit(x), "” · "], "article " + x.article + ", " + x.start + "–" + x.end));
  }

  // ---- The whole page. ----

  function draw() {
    // Keeps the focus after a redraw, for people who use the keyboard.
    const active = document.activeElement;
    const mark = active && (active.dataset.speaker ? ["speaker", active.dataset.speaker] : active.dataset.sort ? ["sort", active.dataset.sort] : null);
    drawControls();
    if (state.scale && state.target) {
      drawRanking();
      drawDetail();
    } else {
      byId("none").hidden = false;
      byId("none").textContent = "Nobody has a score yet.";
      byId("detail").hidden = true;
    }
    if (mark) document.querySelector("[data-" + mark[0] + "=\"" + CSS.escape(mark[1]) + "\"]")?.focus();
  }

  byId("scale").addEventListener("change", (e) => choose({ scale: e.target.value }));
  byId("target").addEventListener("change", (e) => choose({ target: e.target.value }));
  byId("period").addEventListener("change", (e) => choose({ period: e.target.value }));
  byId("q").addEventListener("input", (e) => choose({ q: e.target.value }));
  byId("sure").addEventListener("change", (e) => choose({ sure: e.target.checked }));
  window.addEventListener("hashchange", () => { readHash(); draw(); });
  let width = innerWidth;
  window.addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; draw(); } });

  readHash();
  if (!state.speaker && state.scale) {
    // Starts with the speaker who has the most statements.
    const best = ranking().sort((a, b) => b.n - a.n || (a.speaker.name < b.speaker.name ? -1 : 1))[0];
    state.speaker = best ? best.speaker : null;
  }
  draw();
})();
