"use strict";
/* The page's one script. It runs in two places: at `/`, where it takes articles and asks the server, and inside a report,
 * where it finds the answer in the file and asks nobody.
 *
 * Rules. Everything that comes from an article, a model or a server enters the page as text (`textContent`), never as
 * markup; addresses go through `landing`. Offsets are code points: `Points` turns them into JavaScript's UTF-16 units.
 *
 * In this order: small tools, words, links, the sources' pane, the reading view, verdicts, articles taken in, the server,
 * places (the part of the address behind `#`).
 */
(() => {

// --- Small tools -------------------------------------------------------------------------------------------------------

/** An element. `on` holds listeners, `data` data attributes; children are elements or text. */
function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  put(element, children);
  return element;
}

function put(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

function fill(element, ...children) {
  element.replaceChildren();
  return put(element, children);
}

const hidden = (text) => h("span", { class: "hidden" }, text);
const say = (text) => { const place = document.getElementById("spoken"); if (place) place.textContent = text; };
const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

/* Controls, overrides of direction and invisible tag characters, as summarizer/render/escape.py has them. */
const UNSEEN = /[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/gu;
const seen = (text) => String(text).toWellFormed().replace(UNSEEN, "\ufffd");
/** Foreign text on one line. */
const line = (text) => seen(text).replace(/\s+/g, " ").trim();
/** Foreign text as an element of its own, so that its direction moves nothing around it. */
const foreign = (text, tag) => h(tag || "bdi", { dir: "auto" }, line(text));

/** Code points of a text to UTF-16 units. */
class Points {
  constructor(text) {
    this.text = text;
    this.plain = !/[\ud800-\udbff][\udc00-\udfff]/.test(text);
    if (this.plain) { this.count = text.length; return; }
    this.at = [];
    for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) this.at.push(unit);
    this.count = this.at.length;
    this.at.push(text.length);
  }
  unit(point) { return this.plain ? Math.min(point, this.count) : this.at[Math.min(point, this.count)]; }
  slice(start, end) { return this.text.slice(this.unit(start), this.unit(end)); }
}

// --- Words -------------------------------------------------------------------------------------------------------------

const STANCES = ["asserts", "in part", "differs", "denies", "hedges", "silent"];
const SIGNS = { asserts: "✓", "in part": "◐", differs: "≠", hedges: "~", denies: "✗", silent: "·" };
/** What a table tells of an article: its stance on a fact or, where it has none, that it is cited for a part. */
const standOf = (fact, number) => fact.stances[number] || (fact.citations.some((one) => one.article === number) ? "in part" : "silent");
const toneOf = (stand) => stand.replace(" ", "-");
const KINDS = { contradiction: "both cannot hold", value: "different values", status: "sure against not sure" };
const LEFT_OUT = { length: "no room", not_chosen: "not chosen", single_origin: "a single origin", few_origins: "too few origins",
  off_focus: "not on the topic asked for" };
const VERDICTS = { supported: "supported", misplaced: "misplaced: another article says it",
  not_found: "not found in the articles", contradicted: "contradicted by the articles" };
const VERDICT_SIGNS = { supported: "✓", misplaced: "→", not_found: "?", contradicted: "✗" };
const STAGES = { read: "Reading: the story in each text, its sentences, who copied whom", clean: "Finding the story in each text",
  sentences: "Cutting it into sentences", dedupe: "Telling copies from independent reports", fetch: "Fetching the pages",
  cache: "Looking for an earlier answer", chunk: "Deciding what the model must read", propose: "The model writes",
  model: "The model writes", extract: "Choosing sentences", verify: "Checking every statement word by word",
  repair: "Asking once for what failed", judge: "A second model looks", disputes: "Looking for disagreement",
  agree: "Counting who agrees", merge: "Putting parts together", render: "Putting the answer together" };
const TONES = { unanimous: "good", majority: "good", shared: "", single: "part", disputed: "bad" };

const worded = (code) => line(String(code).replaceAll("_", " "));
const nameOf = (article) => line(article.name || `article ${article.number}`);
const takingPart = (articles) => articles.filter((one) => !one.left_out);
const originCount = (articles) => new Set(takingPart(articles).map((one) => one.origin)).size;
const NO_PART = { unrelated: "tells of something else", no_story: "has no story" };
const bare = (text) => line(text).replace(/[,;:،؛，；：、\s]+$/u, "") || line(text);

function agreementWords(fact, origins) {
  const text = `${fact.agreement}: ${fact.origins} of ${plural(origins, "origin")}`;
  return fact.articles > fact.origins ? `${text}, ${plural(fact.articles, "article")}` : text;
}
const agreementTag = (fact, origins) =>
  h("span", { class: `tag ${TONES[fact.agreement] ?? ""}` }, agreementWords(fact, origins));

/** Numbers of the articles that state the whole; of those that state a part, where none states the whole. */
function markerNumbers(citations) {
  const full = citations.filter((one) => !one.partial);
  return [...new Set((full.length ? full : citations).map((one) => one.article))].sort((a, b) => a - b);
}

/** Where the markers of a statement stand: behind its words, before the comma or the stop that ends them. */
function markerAt(text, start, end) {
  let stripped = end;
  while (stripped > start && /\s/.test(text[stripped - 1])) stripped -= 1;
  if (stripped > start && ",;:،؛，；：、".includes(text[stripped - 1])) return stripped - 1;
  if (/(?:^|[\s.(“"'])\p{L}\.$/u.test(text.slice(start, stripped))) return stripped;
  let place = stripped;
  while (place > start && ".!?…。！？．؟۔।".includes(text[place - 1])) place -= 1;
  return place > start ? place : stripped;
}

// --- Links that land (the same as summarizer/render/links.py) ------------------------------------------------------------

const SPACES = /[\t\n\v\f\r \x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/gu;
const BREAKS = /[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+/u;
const PIECE = /[^ 、。！，．：；？]*[ 、。！，．：；？]|[^ 、。！，．：；？]+/gu;
const EDGES = /^ +| +$/g;
const encoded = (text) => encodeURIComponent(text.toWellFormed())
  .replace(/[-!'()*]/g, (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase());

function textDirective(quote) {
  const lines = quote.split(BREAKS).map((part) => part.replace(SPACES, " ").replace(EDGES, "")).filter(Boolean);
  if (!lines.length) return "";
  if (lines.length === 1 && new Points(lines[0]).count <= 200) return "text=" + encoded(lines[0]);
  const first = lines[0].match(PIECE), last = lines[lines.length - 1].match(PIECE);
  const most = lines.length > 1 ? 8 : Math.min(8, Math.floor(first.length / 2));
  if (!most) return "text=" + encoded(lines[0]);
  const start = first.slice(0, most).join("").replace(EDGES, ""), end = last.slice(-most).join("").replace(EDGES, "");
  return `text=${encoded(start)},${encoded(end)}`;
}

/** The address of a quote on the publisher's page: http(s), without credentials; else null. */
function landing(url, quote) {
  if (!url || /[\s\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(url)) return null;
  let parsed;
  try { parsed = new URL(url); } catch { return null; }
  if (!["http:", "https:"].includes(parsed.protocol) || !parsed.hostname || parsed.username || parsed.password) return null;
  const directive = quote ? textDirective(quote) : "";
  if (!directive) return parsed.href;
  const own = parsed.hash.slice(1).split(":~:")[0];
  parsed.hash = "";
  return `${parsed.href.replace(/#$/, "")}#${own}:~:${directive}`;
}

function outward(url, quote, ...children) {
  const address = landing(url, quote);
  return address && h("a", { href: address, rel: "noopener noreferrer nofollow", target: "_blank", class: "out" }, children);
}

// --- The sources' pane ---------------------------------------------------------------------------------------------------

/* More articles than this are read one at a time: their texts are made when they are opened, and only the open one is laid
 * out. All at once, two hundred texts took a browser seconds to lay out again at each choice. Set by hand. */
const AT_ONCE = 20;

/* A claim is whatever rests on spans: {key, label, text, citations, fact}. The pane shows the articles' texts, cut where
 * any span begins or ends; a piece knows the claims that rest on it. Without a text it shows the quotes alone. */
class Pane {
  constructor(articles, claims, choose, nothing) {
    this.articles = articles;
    this.claims = claims;
    this.choose = choose;
    this.nothing = nothing;
    this.pieces = new Map();     // claim key -> pieces
    this.spans = new Map();      // "claim key/citation index" -> its first piece
    this.sections = new Map();   // article number -> section
    this.bodies = new Map();     // article number -> what makes its text, until it is made
    this.single = articles.length > AT_ONCE;
    this.on = [];
    this.key = null;
    this.detail = h("div", { class: "detail" });
    this.scroller = h("div", { class: "texts", tabindex: "0", role: "region", "aria-label": "Texts of the articles" });
    this.tabs = h("div", { class: "jumps", role: "group", "aria-label": "Jump to an article" });
    for (const article of articles) {
      const jump = () => this.bring(this.sections.get(article.number), false);
      this.tabs.append(h("button", { type: "button", class: "jump", title: nameOf(article), on: { click: jump },
        data: { article: article.number } }, article.number));
      const section = this.section(article);
      this.sections.set(article.number, section);
      this.scroller.append(section);
    }
    this.element = h("aside", { class: "sources", "aria-label": "Sources" }, h("div", { class: "sources-top" },
      h("div", { class: "sources-line" }, h("h2", { class: "small" }, "Sources"), this.tabs), this.detail), this.scroller);
    this.scroller.addEventListener("click", (event) => this.touched(event));
    this.rest();
  }

  section(article) {
    const copies = this.articles.filter((one) => one.origin === article.origin && one.number !== article.number);
    const about = [article.outlet, article.published_at].filter(Boolean).map((part) => [" · ", foreign(part)]);
    const link = outward(article.url, "", "publisher’s page ↗");
    const same = copies.length ? [" · one origin with ", copies.map((one) => [this.jumpTo(one.number), " "])] : "";
    const head = h("header", {}, h("h3", { dir: "auto" }, h("span", { class: "num" }, `[${article.number}] `), nameOf(article)),
      h("p", { class: "soft" }, article.left_out ? `takes no part: ${NO_PART[article.left_out] || worded(article.left_out)}` : `origin ${article.origin}`, same, about, link ? [" · ", link] : ""));
    const wanted = [];
    for (const claim of this.claims.values()) {
      claim.citations.forEach((one, index) => { if (one.article === article.number) wanted.push({ claim, one, index }); });
    }
    const body = h("div", { class: "text", dir: "auto" });
    const section = h("section", { class: "src", data: { article: article.number } }, head, body);
    this.bodies.set(article.number, () => {
      if (typeof article.text === "string") this.text(body, article, wanted);
      else this.quotes(body, article, wanted);
    });
    if (this.single) section.hidden = true; else this.make(article.number);
    return section;
  }

  make(number) {
    this.bodies.get(number)?.();
    this.bodies.delete(number);
  }

  /** Where articles are read one at a time: open this one, with what is chosen in it. */
  open(number) {
    if (!this.single) return;
    this.make(number);
    for (const [other, section] of this.sections) section.hidden = other !== number;
    for (const tab of this.tabs.children) tab.toggleAttribute("aria-current", Number(tab.dataset.article) === number);
    if (this.key !== null) this.light(this.claims.get(this.key));
  }

  jumpTo(number) {
    return h("button", { type: "button", class: "link", on: { click: () => this.bring(this.sections.get(number), true) } }, `[${number}]`);
  }

  text(body, article, wanted) {
    const points = new Points(article.text);
    const cuts = new Set([0, points.count]);
    for (const { one } of wanted) cuts.add(one.start).add(one.end);
    for (const one of [...article.removed, ...article.copied]) cuts.add(one.start).add(one.end);
    const order = [...cuts].filter((cut) => cut >= 0 && cut <= points.count).sort((a, b) => a - b);
    const covering = (list, start, end) => list.find((one) => one.start <= start && end <= one.end);
    const begun = new Set();
    let open = [];
    const starts = [...wanted].sort((a, b) => a.one.start - b.one.start);
    let next = 0;
    for (let index = 0; index + 1 < order.length; index += 1) {
      const [start, end] = [order[index], order[index + 1]];
      while (next < starts.length && starts[next].one.start <= start) { open.push(starts[next]); next += 1; }
      open = open.filter(({ one }) => one.end > start);
      const removed = covering(article.removed, start, end);
      const copied = covering(article.copied, start, end);
      if (copied && !begun.has(copied)) {
        begun.add(copied);
        const alike = `${Math.round(copied.similarity * 100)} % alike`;
        body.append(h("button", { type: "button", class: "copy-from", title: `This passage reprints article ${copied.from}, ${alike}`,
          on: { click: () => this.bring(this.sections.get(copied.from), true) } }, `copy of [${copied.from}]`));
      }
      const css = [removed && "removed", copied && "copied"].filter(Boolean).join(" ");
      body.append(this.piece(seen(points.slice(start, end)), css, open, removed && worded(removed.reason)));
      this.numbers(body, open.filter(({ one }) => one.end === end));
    }
  }

  quotes(body, article, wanted) {
    if (!wanted.length) { body.append(h("p", { class: "soft" }, "Nothing is cited from this article.")); return; }
    const by = new Map();
    for (const each of wanted) {
      const place = `${each.one.start}-${each.one.end}`;
      if (!by.has(place)) by.set(place, []);
      by.get(place).push(each);
    }
    body.append(h("p", { class: "soft" }, "The answer came without the text: these are the cited passages."));
    for (const group of [...by.values()].sort((a, b) => a[0].one.start - b[0].one.start)) {
      const quote = h("p", {}, this.piece(seen(group[0].one.quote), "", group, null));
      this.numbers(quote, group);
      put(quote, [h("span", { class: "soft" }, ` characters ${group[0].one.start}–${group[0].one.end}`)]);
      body.append(quote);
    }
  }

  piece(text, css, over, removed) {
    const cited = over.some(({ claim }) => claim.marked);
    const element = h(over.length ? "mark" : "span", { class: `${css}${cited ? " cited" : ""}`.trim() || null,
      title: removed ? `removed: ${removed}` : null, data: over.length ? { claims: [...new Set(over.map(({ claim }) => claim.key))].join(" ") } : {} }, text);
    if (removed) element.prepend(hidden(` (removed, ${removed}:) `));
    for (const { claim, index } of over) {
      if (!this.pieces.has(claim.key)) this.pieces.set(claim.key, []);
      this.pieces.get(claim.key).push([element, index]);
      const place = `${claim.key}/${index}`;
      if (!this.spans.has(place)) this.spans.set(place, element);
    }
    return element;
  }

  /** Behind a span, the numbers of the statements that rest on it. */
  numbers(body, ended) {
    for (const { claim } of ended) {
      if (!claim.number) continue;
      body.append(h("button", { type: "button", class: "ref", "aria-label": `${claim.label} rests on this`, data: { to: claim.key },
        on: { click: () => this.choose(claim.key, { keep: true }) } }, claim.number));
    }
  }

  /** A span was touched: one statement is chosen at once, several are offered. */
  touched(event) {
    const mark = event.target.closest("mark");
    if (!mark || String(getSelection()).length) return;
    const keys = mark.dataset.claims.split(" ").filter((key) => this.claims.get(key));
    const first = keys.filter((key) => this.claims.get(key).marked);
    const offered = first.length ? first : keys;
    if (offered.length === 1) { this.choose(offered[0], { keep: true }); return; }
    this.clear();
    mark.classList.add("on");
    this.on.push(mark);
    fill(this.detail, h("p", { class: "detail-head" }, plural(offered.length, "statement"), " rest on this passage"),
      h("ul", { class: "offers" }, offered.map((key) => h("li", {}, h("button", { type: "button", class: "link",
        on: { click: () => this.choose(key, { keep: true }) } }, this.claims.get(key).label, ": ", foreign(bare(this.claims.get(key).text)))))));
    say(`${plural(offered.length, "statement")} rest on this passage`);
  }

  clear() {
    for (const element of this.on) element.classList.remove("on", "partly", "wording", "should");
    this.on = [];
    this.key = null;
    this.element.classList.remove("open");
    for (const tab of this.tabs.children) tab.removeAttribute("data-stance");
  }

  rest() {
    this.clear();
    fill(this.detail, h("p", { class: "soft" }, this.nothing));
  }

  light(claim) {
    for (const [element, index] of this.pieces.get(claim.key) || []) {
      const one = claim.citations[index];
      element.classList.add("on");
      if (one.partial) element.classList.add("partly");
      if (one.should) element.classList.add("should");
      this.on.push(element);
    }
  }

  /** Highlight what a claim rests on. `article`: begin there; `keep`: stay where the reader is. */
  show(claim, origins, { article, keep } = {}) {
    this.clear();
    this.key = claim.key;
    this.light(claim);
    const places = claim.citations.map((one, index) => ({ one, index })).filter(({ one }) => this.sections.has(one.article));
    const stances = claim.fact ? claim.fact.stances : {};
    for (const tab of this.tabs.children) {
      const number = tab.dataset.article;
      const stance = stances[number] || (places.some(({ one }) => String(one.article) === number) ? "cited" : null);
      if (stance) tab.dataset.stance = stance;
    }
    let at = Math.max(0, places.findIndex(({ one }) => one.article === article));
    const counter = h("span", { class: "counter" });
    const go = (step, quiet) => {
      if (!places.length) return;
      at = (at + step + places.length) % places.length;
      counter.textContent = `passage ${at + 1} of ${places.length}`;
      const { one, index } = places[at];
      if (!quiet) {
        this.open(one.article);
        this.bring(this.spans.get(`${claim.key}/${index}`), false);
      }
      fill(where, this.source(one));
      if (step) say(`Passage ${at + 1} of ${places.length}: ${line(one.quote)}`);
    };
    const where = h("p", { class: "where soft" });
    const steps = places.length > 0 && h("span", { class: "steps" },
      h("button", { type: "button", class: "step", "aria-label": "Passage before", on: { click: () => go(-1) } }, "‹"), counter,
      h("button", { type: "button", class: "step", "aria-label": "Next passage", on: { click: () => go(1) } }, "›"));
    const close = h("button", { type: "button", class: "step close", "aria-label": "Close", on: { click: () => this.choose(null) } }, "✕");
    fill(this.detail, h("div", { class: "detail-head" }, h("strong", {}, claim.label), steps, close),
      claim.fact && h("p", { class: "detail-agree" }, this.dots(claim.fact, origins), " ", agreementTag(claim.fact, origins),
        claim.fact.attributed_to && [" ", h("span", { class: "tag" }, "said by ", foreign(claim.fact.attributed_to))]),
      claim.note && h("p", { class: "detail-agree" }, claim.note),
      claim.fact && this.voices(claim.fact), where, claim.checks && this.checks(claim.checks));
    this.element.classList.add("open");
    go(0, keep);
    if (claim.fact && !places.length) fill(where, "No passage is cited.");
  }

  dots(fact, origins) {
    if (origins > 12) return "";
    const dots = Array.from({ length: origins }, (_, index) => h("i", { class: index < fact.origins ? "dot full" : "dot" }));
    return h("span", { class: "dots", "aria-hidden": "true" }, dots);
  }

  source(one) {
    const article = this.articles.find((each) => each.number === one.article);
    const notes = [one.wording && "carries the wording", one.partial && "states a part only", one.should && "nearest passage"].filter(Boolean);
    const link = article && outward(article.url, one.quote, "at the publisher ↗");
    return [`[${one.article}] `, foreign(one.name || `article ${one.article}`), `, characters ${one.start}–${one.end}`,
      notes.map((note) => [" ", h("span", { class: "tag" }, note)]), link ? [" · ", link] : ""];
  }

  /** Who says what of it: the words to the colours of the numbers above; the rest is silent. */
  voices(fact) {
    const inPart = new Set(fact.citations.map((one) => one.article).filter((number) => standOf(fact, number) === "in part"));
    const rows = ["asserts", "differs", "denies", "hedges"].map((stance) => [stance, `${SIGNS[stance]} ${stance}`,
      Object.keys(fact.stances).filter((number) => fact.stances[number] === stance).map(Number)]);
    const told = [...rows, ["in-part", `${SIGNS["in part"]} in part`, [...inPart]]].filter(([, , numbers]) => numbers.length);
    return told.length > 0 && h("p", { class: "voices" }, told.map(([tone, words, numbers]) => h("span", { class: tone },
      `${words}: `, numbers.sort((a, b) => a - b).map((number) => [this.jumpTo(number), " "]))));
  }

  checks(of) {
    const names = ["quotes", "numbers", "names", "roles", "negation", "judge"];
    const by = (state) => names.filter((name) => of[name] === state);
    const rows = [["passed", by("pass")], ["rescued by", by("rescued")], ["failed", by("fail")], ["nothing to check", by("not_checked")]].filter(([, list]) => list.length);
    return h("details", { class: "soft checks" }, h("summary", {}, "Checks"), h("p", {},
      rows.map(([word, list]) => `${word}: ${list.join(", ")}. `),
      of.verbatim_run ? `Longest run of one source’s words: ${of.verbatim_run}. ` : "",
      of.unsupported_words.length > 0 && ["Words that no cited passage has: ", foreign(of.unsupported_words.join(", ")), "."]));
  }

  /** Scroll the pane, and nothing else, so that an element of it is seen. */
  bring(element, flash) {
    if (!element) return;
    const section = element.closest(".src");
    if (section.hidden) this.open(Number(section.dataset.article));
    const move = () => {
      const box = this.scroller.getBoundingClientRect(), at = element.getBoundingClientRect();
      const room = Math.max(12, Math.min(90, (box.height - at.height) / 3));
      this.scroller.scrollTop += at.top - box.top - (element.tagName === "SECTION" ? 0 : room);
    };
    move();
    // The detail above has its height only now: once more when it is laid out.
    requestAnimationFrame(move);
    if (flash) { this.element.classList.add("open"); element.classList.remove("flash"); requestAnimationFrame(() => element.classList.add("flash")); }
  }
}

// --- The reading view ----------------------------------------------------------------------------------------------------

/* One answer. `tools`: elements of the door (downloads, forget); `chosen`: the statement to begin with; `told(key)` hears
 * of every choice. */
class Reader {
  constructor(answer, { tools, chosen, told } = {}) {
    this.answer = answer;
    this.told = told || (() => {});
    this.origins = originCount(answer.articles);
    this.language = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(answer.language) ? answer.language : "und";
    this.claims = new Map();
    this.holders = new Map();
    this.gather();
    this.pane = new Pane(answer.articles, this.claims, (key, how) => this.choose(key, how),
      "Choose a statement, and the passages that it rests on are shown here. Choose a passage, and you see what rests on it.");
    this.element = h("div", { class: "reader" }, h("div", { class: "read" },
      this.head(), this.notices(), this.summary(), tools, this.disputes(), this.matrix(), this.changes(), this.leftOut(), this.rejected(),
      this.articles(), this.foot()), this.pane.element);
    this.element.addEventListener("keydown", (event) => this.keys(event));
    if (chosen && this.claims.has(chosen)) requestAnimationFrame(() => this.choose(chosen, { quiet: true }));
  }

  gather() {
    const { answer } = this;
    if (answer.headline) this.claims.set("h", { key: "h", label: "Headline", text: answer.headline.text, citations: answer.headline.citations });
    answer.facts.forEach((fact, index) => this.claims.set(`${index + 1}`, { key: `${index + 1}`, number: index + 1, marked: true,
      label: `Statement ${index + 1}`, text: fact.text, citations: fact.citations, fact, checks: fact.checks }));
    answer.disputes.forEach((dispute, index) => dispute.positions.forEach((side, place) => this.claims.set(`d${index + 1}.${place + 1}`, {
      key: `d${index + 1}.${place + 1}`, label: `Disagreement ${index + 1}, side ${place + 1}`, text: side.text, citations: side.citations })));
    answer.left_out.facts.forEach((fact, index) => this.claims.set(`l${index + 1}`, { key: `l${index + 1}`, label: `Left out ${index + 1}`,
      text: fact.text, citations: fact.citations, fact, checks: fact.checks }));
  }

  /** An element that chooses a claim. */
  holder(key, tag, props, ...children) {
    const choose = () => this.choose(this.pane.key === key ? null : key, { from: element });
    const element = h(tag, { ...props, data: { claim: key }, "aria-pressed": "false", on: { click: choose } }, ...children);
    if (tag !== "button") {
      element.setAttribute("role", "button");
      element.tabIndex = 0;
      element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); }
      });
    }
    if (!this.holders.has(key)) this.holders.set(key, []);
    this.holders.get(key).push(element);
    return element;
  }

  markers(key, citations) {
    // The word joiner keeps the markers on the line of the word that they follow.
    return h("span", { class: "cite" }, "\u2060", markerNumbers(citations).map((number) => h("button", { type: "button", tabindex: "-1",
      "aria-label": `article ${number}`, on: { click: () => this.choose(key, { article: number }) } }, `[${number}]`)));
  }

  choose(key, how = {}) {
    const begun = performance.now();
    const before = this.pane.key;
    for (const element of this.holders.get(before) || []) element.setAttribute("aria-pressed", "false");
    const claim = key === null ? null : this.claims.get(key);
    if (!claim) {
      this.pane.rest();
    } else {
      this.pane.show(claim, this.origins, how);
      for (const element of this.holders.get(key) || []) element.setAttribute("aria-pressed", "true");
      if (!how.quiet) say(`${claim.label}, ${claim.fact ? agreementWords(claim.fact, this.origins) + ", " : ""}${plural(claim.citations.length, "passage")} in the sources`);
      if (how.keep) this.reveal((this.holders.get(key) || [])[0]);
      else if (how.from) this.uncover(how.from);
    }
    this.told(claim ? key : null);
    performance.measure("choose", { start: begun, end: performance.now() });
  }

  /** A statement that a passage led to is brought into sight, if it is out of it. */
  reveal(element) {
    if (!element) return;
    const fold = element.closest("details");
    if (fold) fold.open = true;
    const at = element.getBoundingClientRect();
    if (at.top < 60 || at.bottom > innerHeight) element.scrollIntoView({ block: "center" });
  }

  /** On a narrow screen the sources lie over the text's lower half: a statement chosen there moves up, if it has room. */
  uncover(element) {
    const sheet = this.pane.element;
    if (getComputedStyle(sheet).position !== "fixed") return;
    const at = element.getBoundingClientRect(), top = sheet.getBoundingClientRect().top;
    const hidden = at.bottom + 12 - top;
    if (hidden > 0) scrollBy(0, Math.min(hidden, at.top - 64));
  }

  keys(event) {
    if (event.key === "Escape" && this.pane.key !== null) { event.stopPropagation(); this.choose(null); return; }
    const here = event.target.closest?.(".st");
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!here || !step) return;
    const all = [...this.element.querySelectorAll(".st")];
    const next = all[all.indexOf(here) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    this.choose(next.dataset.claim, { from: next });
  }

  head() {
    const { answer } = this;
    const kicker = h("p", { class: "kicker" }, `${plural(answer.articles.length, "article")} · ${plural(this.origins, "independent origin")}`);
    if (!answer.headline) return [kicker, h("h1", {}, "Consensus summary")];
    return [kicker, h("h1", { lang: this.language, dir: "auto" }, this.holder("h", "span", { class: "headline" }, line(answer.headline.text)),
      this.markers("h", answer.headline.citations))];
  }

  notices() {
    const { answer } = this;
    return [answer.degraded && h("p", { class: "banner", role: "note" },
      "Degraded: something failed, so this answer is less than it could be. The warnings say what failed."),
    answer.warnings.length > 0 && h("div", { class: "warn", role: "note" }, h("strong", {}, "Warnings"),
      h("ul", {}, answer.warnings.map((one) => h("li", {}, foreign(one.message), " ", h("span", { class: "soft" }, `(${worded(one.code)})`)))))];
  }

  summary() {
    const { answer } = this;
    if (!answer.sentences.length) return h("p", { class: "lead" }, "Nothing could be published: see below for what was rejected or left out.");
    const points = new Points(answer.summary);
    const bullets = answer.summary === answer.sentences.map((one) => `- ${one.text}`).join("\n");
    const lead = bullets ? "- " : "";
    const used = new Set();
    let place = 0;
    const parts = answer.sentences.map((sentence) => {
      if (!answer.summary.startsWith(lead + sentence.text, place)) place += 1;
      const start = place + lead.length, end = start + sentence.text.length;
      const before = bullets ? "" : answer.summary.slice(Math.max(0, start - 1), start).replace(/\S/g, "");
      place = end;
      const spans = sentence.facts.map((index) => ({ index, at: answer.facts[index]?.at })).filter(({ at }) => at)
        .map(({ index, at }) => ({ index, start: points.unit(at[0]), end: points.unit(at[1]) }))
        .filter((one) => one.start >= start && one.end <= end).sort((a, b) => a.start - b.start || b.end - a.end);
      const nodes = [before];
      let cut = start;
      for (const { index, start: from, end: to } of spans) {
        const begin = Math.max(cut, from), mark = Math.max(begin, markerAt(answer.summary, from, to));
        nodes.push(seen(answer.summary.slice(cut, begin)));
        if (mark > begin) nodes.push(this.statement(index, answer.summary.slice(begin, mark)));
        nodes.push(this.markers(`${index + 1}`, answer.facts[index].citations), this.sign(answer.facts[index], used));
        cut = mark;
      }
      nodes.push(seen(answer.summary.slice(cut, end)));
      return bullets ? h("li", { dir: "auto" }, nodes) : nodes;
    });
    const legend = [used.has("†") && "† stated by one origin only", used.has("‡") && "‡ disputed, see below"].filter(Boolean);
    return [h(bullets ? "ul" : "p", { class: "lead", lang: this.language, dir: "auto" }, parts),
      legend.length > 0 && h("p", { class: "soft" }, legend.join(" · "))];
  }

  statement(index, text) {
    const { agreement } = this.answer.facts[index];
    return this.holder(`${index + 1}`, "span", { class: `st ${agreement === "single" && this.origins < 2 ? "" : agreement}`.trim() }, seen(text));
  }

  sign(fact, used) {
    const sign = fact.agreement === "disputed" ? "‡" : fact.agreement === "single" && this.origins > 1 ? "†" : "";
    if (sign) used.add(sign);
    return sign && h("span", { class: "cite" }, sign);
  }

  quoteRow(key, one, index) {
    return h("blockquote", {}, h("p", { lang: this.language, dir: "auto" }, line(one.quote)), h("p", { class: "source" },
      h("button", { type: "button", class: "link", on: { click: () => { this.choose(key, { article: one.article }); } } }, `[${one.article}]`), " ",
      this.pane.source(one).slice(1)));
  }

  disputes() {
    const { disputes } = this.answer;
    if (!disputes.length) return null;
    return section("Where the articles disagree", disputes.map((dispute, index) => h("div", { class: "dispute" },
      h("h3", { dir: "auto" }, h("span", { lang: this.language }, foreign(dispute.topic)), " ", h("span", { class: "tag bad" }, KINDS[dispute.kind] || worded(dispute.kind))),
      h("div", { class: "sides" }, dispute.positions.map((side, place) => {
        const key = `d${index + 1}.${place + 1}`;
        return h("div", { class: "side" }, this.holder(key, "span", { class: "fact", lang: this.language, dir: "auto" }, line(side.text)),
          side.citations.map((one, at) => this.quoteRow(key, one, at)));
      })),
      dispute.silent.length > 0 && h("p", { class: "soft" }, "Silent: ", dispute.silent.map((number) => [this.pane.jumpTo(number), " "])))));
  }

  matrix() {
    const { facts } = this.answer;
    const articles = takingPart(this.answer.articles);
    if (!facts.length) return null;
    const groups = new Map();
    for (const article of articles) groups.set(article.origin, [...(groups.get(article.origin) || []), article]);
    const columns = [...groups.values()].flat();
    const wide = columns.length > 12;
    const body = h("tbody");
    const rows = facts.map((fact, index) => {
      const key = `${index + 1}`;
      const cells = columns.map((article) => {
        const stance = standOf(fact, article.number);
        return h("td", { class: toneOf(stance), data: { article: article.number, stance }, "aria-label": stance, title: wide ? null : `${nameOf(article)}: ${stance}` },
          SIGNS[stance]);
      });
      const row = h("tr", { data: { row: key } }, h("th", { scope: "row", lang: this.language, dir: "auto" },
        this.holder(key, "button", { type: "button", class: "row" }, h("span", { class: "num" }, `${index + 1}`), " ", bare(fact.text))),
        h("td", { class: `n ${TONES[fact.agreement]}` }, `${fact.origins}/${this.origins}`), cells);
      return { row, index, fact };
    });
    body.append(...rows.map(({ row }) => row));
    body.addEventListener("click", (event) => {
      const cell = event.target.closest("td[data-article]");
      if (cell) this.choose(cell.parentElement.dataset.row, { article: Number(cell.dataset.article) });
    });
    const sorters = [];
    const sortable = (label, compare, props, ...children) => {
      const th = h("th", { scope: "col", "aria-sort": "none", ...props });
      const button = h("button", { type: "button", class: "sort", on: { click: () => {
        const down = th.getAttribute("aria-sort") === "ascending";
        for (const other of sorters) other.setAttribute("aria-sort", "none");
        th.setAttribute("aria-sort", down ? "descending" : "ascending");
        const ordered = [...rows].sort((a, b) => (compare(a, b) || a.index - b.index) * (down ? -1 : 1));
        body.append(...ordered.map(({ row }) => row));
        say(`Sorted by ${label}`);
      } } }, ...children, hidden(" sort"));
      th.append(button);
      sorters.push(th);
      return th;
    };
    const rank = (fact, number) => STANCES.indexOf(standOf(fact, number));
    const heads = h("tr", {}, sortable("order in the summary", (a, b) => a.index - b.index, { "aria-sort": "ascending" }, "Statement"),
      sortable("origins that agree", (a, b) => b.fact.origins - a.fact.origins, { class: "n" }, "Origins"),
      columns.map((article) => sortable(`${nameOf(article)}`, (a, b) => rank(a.fact, article.number) - rank(b.fact, article.number), { class: "who-col", title: nameOf(article) },
        h("span", { class: "num" }, article.number), " ", wide ? hidden(nameOf(article)) : h("span", { class: "who", dir: "auto" }, nameOf(article).replace(/\.(txt|html?)$/i, "")))));
    const grouped = groups.size < articles.length && h("tr", { class: "groups" }, h("td", { colspan: "2" }), [...groups.values()].map((group) =>
      h("th", { scope: "colgroup", colspan: group.length, class: group.length > 1 ? "copies" : null },
        group.length > 1 ? `origin ${group[0].origin}, ${group.length} copies` : wide ? "" : `origin ${group[0].origin}`)));
    return section("Who says what", h("p", { class: "soft legend" }, STANCES.map((stance) => h("span", { class: toneOf(stance) }, `${SIGNS[stance]} ${stance}${stance === "differs" ? " (another value)" : ""}`))),
      h("div", { class: wide ? "scroll many" : "scroll", tabindex: "0", role: "region", "aria-label": "Facts by articles" },
        h("table", { class: wide ? "matrix wide" : "matrix" }, h("thead", {}, grouped, heads), body)));
  }

  changes() {
    const of = this.answer.changes;
    if (!of) return null;
    const kinds = [["Added", of.added], ["Newly disputed", of.newly_disputed], ["Newly supported", of.newly_supported], ["Weakened", of.weakened], ["Dropped", of.dropped]];
    return section("Changes since the earlier answer", kinds.filter(([, texts]) => texts.length).map(([kind, texts]) =>
      [h("h3", {}, kind), h("ul", { class: "plain" }, texts.map((text) => h("li", {}, foreign(text))))]));
  }

  leftOut() {
    const { total, facts } = this.answer.left_out;
    if (!total) return null;
    return section("Left out", h("details", {}, h("summary", {}, `${plural(total, "fact")} passed the checks and did not enter the summary`),
      h("ul", { class: "plain" }, facts.map((fact, index) => h("li", { dir: "auto" }, this.holder(`l${index + 1}`, "span", { class: "out-fact", lang: this.language }, bare(fact.text)), " ",
        this.markers(`l${index + 1}`, fact.citations), " ", agreementTag(fact, this.origins), " ", h("span", { class: "tag" }, LEFT_OUT[fact.reason] || worded(fact.reason)))),
      total > facts.length && h("li", {}, `and ${(total - facts.length).toLocaleString("en")} more`))));
  }

  rejected() {
    const { total, reasons, facts } = this.answer.rejected;
    if (!total) return section("Rejected", h("p", { class: "soft" }, "No statement failed the checks."));
    return section("Rejected", h("p", {}, `${plural(total, "statement")} failed the checks and ${total === 1 ? "was" : "were"} not published:`),
      h("ul", { class: "plain" }, Object.entries(reasons).map(([reason, count]) => h("li", {}, `${worded(reason)}: ${count.toLocaleString("en")}`))),
      facts.length > 0 && h("details", {}, h("summary", {}, "Their texts; they failed the checks and may be false"),
        h("ul", { class: "plain" }, facts.map((one) => h("li", { dir: "auto" }, foreign(one.text), " ", h("span", { class: "tag bad" }, worded(one.reason)))))));
  }

  articles() {
    const { articles } = this.answer;
    const rows = articles.map((article) => {
      const removed = article.removed.reduce((sum, one) => sum + one.end - one.start, 0)
        + Object.values(article.removed_markup).reduce((sum, count) => sum + count, 0);
      const reasons = [...new Set(article.removed.map((one) => worded(one.reason)))].join(", ");
      const copied = [...new Set(article.copied.map((one) => one.from))];
      return h("tr", {}, h("td", {}, this.pane.jumpTo(article.number)), h("td", { class: "wide" }, outward(article.url, "", foreign(nameOf(article))) || foreign(nameOf(article)),
        article.title && [h("br"), h("span", { class: "soft" }, foreign(article.title))],
        copied.length > 0 && h("div", { class: "soft" }, "passages copied from ", copied.map((number) => [this.pane.jumpTo(number), " "]))),
      h("td", {}, foreign(article.outlet || "–")), h("td", { class: "short" }, foreign(article.published_at || "–")), h("td", { class: "n" }, article.left_out ? `none, ${NO_PART[article.left_out] || worded(article.left_out)}` : article.origin),
      h("td", { class: "n" }, article.cited.toLocaleString("en")), h("td", { class: "n" }, article.characters.toLocaleString("en")),
      h("td", { class: "n", title: reasons || null }, removed ? removed.toLocaleString("en") : "–"));
    });
    const heads = ["", "Article", "Outlet", "Date"].map((head) => h(head ? "th" : "td", { scope: head ? "col" : null }, head));
    heads.push(...["Origin", "Cited", "Characters", "Removed"].map((head) => h("th", { scope: "col", class: "n" }, head)));
    return section("Articles", h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Articles" },
      h("table", { class: "articles" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows))),
    h("p", { class: "soft" }, "Articles with the same origin are copies of one another and count once. Removed: characters that are not part of the story."));
  }

  foot() {
    const { answer } = this;
    const of = answer.usage;
    const who = answer.engine === "extractive" ? "Written without a model, from whole sentences of the articles."
      : ["Written by ", foreign(answer.model || "a model"), of.host ? [", at ", foreign(of.host)] : "", ", every fact checked against the articles."];
    const calls = of.llm_calls ? `${plural(of.llm_calls, "model call")}, ${of.prompt_tokens.toLocaleString("en")} prompt and ${of.completion_tokens.toLocaleString("en")} completion tokens, ${of.cost_usd === null ? "cost unknown" : "$" + of.cost_usd.toFixed(4)}` : "No model call";
    return h("p", { class: "foot" }, who, ` ${calls}, cache: ${of.cache}. Prompts `, foreign(answer.prompt_version), ", id ", foreign(answer.id), ".");
  }
}

function section(title, ...inside) {
  return h("section", {}, h("h2", {}, title), inside);
}

// --- Verdicts: anybody's text, sentence by sentence ------------------------------------------------------------------------

class Verdicts {
  /** `texts`: article number -> text, where it was sent as plain text. */
  constructor(answer, texts) {
    const articles = answer.articles.map((one) => ({ ...one,
      text: texts.has(one.number) && new Points(texts.get(one.number)).count === one.characters ? texts.get(one.number) : one.text }));
    this.claims = new Map();
    answer.sentences.forEach((one, index) => this.claims.set(`${index + 1}`, { key: `${index + 1}`, number: index + 1, marked: true,
      label: `Sentence ${index + 1}`, text: one.text, checks: one.checks, note: this.verdict(one),
      citations: one.should_be ? [...one.citations, { ...one.should_be, should: true }] : one.citations }));
    this.pane = new Pane(articles, this.claims, (key, how) => this.choose(key, how), "Choose a sentence, and the passages behind its verdict are shown here.");
    const good = answer.sentences.filter((one) => one.verdict === "supported").length;
    this.list = h("ol", { class: "verdicts" }, answer.sentences.map((one, index) => this.row(one, `${index + 1}`)));
    this.element = h("div", { class: "reader" }, h("div", { class: "read" },
      h("h1", { class: "verdict-head", tabindex: "-1" }, `${good} of ${plural(answer.sentences.length, "sentence")} supported`),
      answer.warnings.length > 0 && h("div", { class: "warn", role: "note" }, h("ul", {}, answer.warnings.map((one) => h("li", {}, foreign(one.message))))),
      this.list), this.pane.element);
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.choose(null); });
  }

  verdict(one) {
    return h("span", { class: `verdict ${one.verdict}` }, `${VERDICT_SIGNS[one.verdict]} ${VERDICTS[one.verdict]}${one.reason ? ` (${worded(one.reason)})` : ""}`);
  }

  row(one, key) {
    const nearest = one.should_be && h("blockquote", {}, h("p", { dir: "auto" }, line(one.should_be.quote)),
      h("p", { class: "source" }, one.verdict === "not_found" ? "nearest: " : "should be: ", this.pane.source(one.should_be)));
    const text = h("button", { type: "button", class: "sentence", "aria-pressed": "false", data: { claim: key }, dir: "auto",
      on: { click: () => this.choose(this.pane.key === key ? null : key) } }, line(one.text));
    return h("li", { class: one.verdict }, text, h("p", { class: "soft" }, this.verdict(one),
      one.citations.length > 0 && [" ", h("span", { class: "cite" }, markerNumbers(one.citations).map((number) => `[${number}]`))]), nearest);
  }

  choose(key, how = {}) {
    for (const element of this.list.querySelectorAll("[aria-pressed=true]")) element.setAttribute("aria-pressed", "false");
    const claim = key === null ? null : this.claims.get(key);
    if (!claim) { this.pane.rest(); return; }
    this.pane.show(claim, 0, how);
    const element = this.list.querySelector(`[data-claim="${CSS.escape(key)}"]`);
    element.setAttribute("aria-pressed", "true");
    if (how.keep) element.scrollIntoView({ block: "nearest" });
    say(`${claim.label}: ${plural(claim.citations.length, "passage")}`);
  }
}

// --- In a report: the answer is in the file --------------------------------------------------------------------------------

const inFile = document.getElementById("answer");
if (inFile && inFile.type === "application/json") {
  const answer = JSON.parse(inFile.textContent);
  const shown = /^#s-([a-z0-9.]+)$/.exec(location.hash);
  const reader = new Reader(answer, { chosen: shown && shown[1], told: (key) => history.replaceState(null, "", key ? `#s-${key}` : "#") });
  document.body.classList.add("live");
  document.querySelector("main").replaceChildren(reader.element);
  return;
}

// --- Articles taken in -----------------------------------------------------------------------------------------------------

const main = document.getElementById("main");
const kept = new Map();          // id -> answer, for the way back
const drafts = [];               // {name, kind: text | html | url | file, text, url, file, size}
const options = { max_words: "150", style: "paragraph", engine: "auto", min_origins: "1", focus: "" };
let toCheck = "";
let shownPlace = null;

const KEY = "consensus-summarizer key";
const key = () => { try { return sessionStorage.getItem(KEY) || ""; } catch { return ""; } };

async function take(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const name = (file.name || "pasted.txt").slice(0, 300);
  const draft = { name, size: bytes.length, kind: "file", file };
  const binary = bytes.subarray(0, 5).every((byte, index) => byte === [37, 80, 68, 70, 45][index]);   // %PDF-
  if (!binary) {
    try {
      draft.text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      draft.kind = /\.x?html?$/i.test(name) || /^\s*(<!doctype html|<html)/i.test(draft.text) ? "html" : "text";
    } catch { /* Another encoding: the server reads more of them than a browser tells apart, so it gets the bytes. */ }
  }
  return draft;
}

async function takeAll(files) {
  const taken = await Promise.all([...files].map(take));
  drafts.push(...taken.sort((a, b) => (a.name < b.name ? -1 : 1)));
  say(`${plural(taken.length, "article")} added`);
  listed();
}

let listed = () => {};

function intake() {
  const list = h("ul", { class: "drafts" });
  const picker = h("input", { type: "file", multiple: true, class: "hidden", tabindex: "-1", "aria-label": "Choose files", id: "files",
    on: { change: () => { takeAll(picker.files); picker.value = ""; } } });
  const drop = h("div", { class: "drop" }, h("p", { class: "drop-words" }, h("strong", {}, "Drop articles here"), h("span", {}, "text, HTML, PDF or Word files: several reports of one event")),
    h("p", { class: "drop-buttons" }, h("button", { type: "button", on: { click: () => picker.click() } }, "Choose files"), picker,
      h("button", { type: "button", "aria-expanded": "false", "aria-controls": "write", on: { click: () => toggle() } }, "Paste a text or a URL")));
  const name = h("input", { type: "text", maxlength: "300", placeholder: "e.g. gazette.txt", id: "write-name" });
  const url = h("input", { type: "url", maxlength: "2000", placeholder: "https://…", id: "write-url" });
  const text = h("textarea", { rows: "7", id: "write-text", placeholder: "Paste the article here. With a URL alone, the server fetches the page, if it may." });
  const wrong = h("p", { class: "field-error", role: "alert" });
  const write = h("div", { class: "write", id: "write", hidden: true },
    h("label", { for: "write-text" }, "Text"), text,
    h("div", { class: "two" }, h("p", {}, h("label", { for: "write-name" }, "Name"), name), h("p", {}, h("label", { for: "write-url" }, "URL, if it has one"), url)),
    wrong, h("button", { type: "button", on: { click: add } }, "Add this article"));
  const toggle = () => {
    write.hidden = !write.hidden;
    drop.querySelector("[aria-controls]").setAttribute("aria-expanded", String(!write.hidden));
    if (!write.hidden) text.focus();
  };
  function add() {
    const address = url.value.trim();
    if (!text.value.trim() && !address) { wrong.textContent = "Paste a text, or give a URL."; text.focus(); return; }
    if (address && !landing(address, "")) { wrong.textContent = "That is no http(s) address."; url.focus(); return; }
    wrong.textContent = "";
    const html = /^\s*(<!doctype html|<html)/i.test(text.value);
    const label = name.value.trim() || (text.value.trim() ? `article-${drafts.length + 1}.${html ? "html" : "txt"}` : "");
    drafts.push({ name: label, kind: text.value.trim() ? (html ? "html" : "text") : "url", text: text.value, url: address,
      size: new Blob([text.value]).size });
    name.value = url.value = text.value = "";
    say("Article added");
    listed();
    text.focus();
  }
  for (const [event, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
    drop.addEventListener(event, (happened) => {
      happened.preventDefault();
      drop.classList.toggle("over", over);
      if (event === "drop") takeAll(happened.dataTransfer.files);
    });
  }
  listed = () => {
    if (drafts.length) for (const old of main.querySelectorAll(".need")) old.remove();
    fill(list, drafts.map((draft, index) => h("li", {}, h("span", { class: "num" }, index + 1), " ", foreign(draft.name || draft.url),
      h("span", { class: "soft" }, draft.kind === "url" ? " fetched by the server" : ` ${draft.kind === "file" ? "" : draft.kind + ", "}${size(draft.size)}`,
        draft.url && draft.name ? [" · ", foreign(draft.url)] : ""),
      h("button", { type: "button", class: "step", "aria-label": `Remove ${line(draft.name || draft.url)}`, on: { click: () => { drafts.splice(index, 1); listed(); } } }, "✕"))));
    list.hidden = !drafts.length;
    drop.classList.toggle("slim", drafts.length > 0);
  };
  const element = h("div", { class: "intake" }, drop, write, list);
  listed();
  return element;
}

const size = (bytes) => bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`;

/* Files dropped beside the drop zone would be opened by the browser in our place. */
for (const event of ["dragover", "drop"]) {
  addEventListener(event, (happened) => {
    if (!happened.dataTransfer || ![...happened.dataTransfer.types].includes("Files")) return;
    happened.preventDefault();
    if (event === "drop" && !happened.target.closest?.(".drop") && document.querySelector(".intake")) takeAll(happened.dataTransfer.files);
  });
}

// --- The server ------------------------------------------------------------------------------------------------------------

/** What went wrong, in words that say what to do. `problem`: an RFC 9457 document. */
class Trouble extends Error {
  constructor(title, detail, problem = {}) {
    super(detail);
    this.title = title;
    this.problem = problem;
  }
}

async function ask(path, init = {}) {
  const headers = { ...init.headers };
  if (key()) headers.authorization = `Bearer ${key()}`;
  let response;
  try {
    response = await fetch(path, { ...init, headers, cache: "no-store", credentials: "same-origin", redirect: "error" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble(navigator.onLine ? "The server cannot be reached" : "You are offline",
      "Nothing was lost: your articles are still here. Try again when the server runs and the network is back.");
  }
  if (response.ok) return response;
  let problem = {};
  try { problem = await response.json(); } catch { /* Something between us and the server answered. */ }
  throw troubled(problem, response.status);
}

function troubled(problem, status) {
  const title = problem.title || (status ? `The server answered ${status}` : "It failed");
  return new Trouble(title, problem.detail || "Something between this page and the server answered in its place.", { status, ...problem });
}

function articlesToSend() {
  return drafts.map((draft) => {
    const article = {};
    if (draft.name) article.name = draft.name;
    if (draft.url) article.url = draft.url;
    if (draft.kind !== "url") article[draft.kind] = draft.text.toWellFormed();
    return article;
  });
}

function body() {
  const chosen = { max_words: Number(options.max_words), style: options.style, engine: options.engine, min_origins: Number(options.min_origins) };
  if (options.focus.trim()) chosen.focus = options.focus.trim();
  if (!drafts.some((draft) => draft.kind === "file")) {
    return { headers: { "content-type": "application/json" }, body: JSON.stringify({ articles: articlesToSend(), ...chosen, include: ["article_text"] }) };
  }
  const odd = drafts.find((draft) => draft.kind === "url" || draft.url);
  if (odd) throw new Trouble("These cannot travel together", `${line(drafts.find((draft) => draft.kind === "file").name)} is not UTF-8 text and travels as a file; articles with a URL cannot. Send them apart, or save the file as UTF-8.`);
  const form = new FormData();
  for (const draft of drafts) {
    form.append("files", draft.file || new Blob([draft.text], { type: draft.kind === "html" ? "text/html" : "text/plain;charset=utf-8" }), draft.name);
  }
  for (const [name, value] of Object.entries(chosen)) form.append(name, String(value));
  form.append("include", "article_text");
  return { headers: {}, body: form };
}

/** Events of a `text/event-stream` body (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "", name = "", data = [];
  for (;;) {
    const { value, done } = await reader.read();
    rest += value || "";
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = done ? "" : lines.pop();
    for (const one of lines) {
      if (one === "") {
        if (data.length) yield { name: name || "message", data: data.join("\n") };
        name = "";
        data = [];
      } else if (one.startsWith("event:")) name = one.slice(6).trim();
      else if (one.startsWith("data:")) data.push(one.slice(5).replace(/^ /, ""));
    }
    if (done) return;
  }
}

/** The answer to the drafts: streamed where the server streams, else in one piece. `heard(name, value)` hears of events. */
async function summarize(heard, signal) {
  const sent = body();
  let response;
  try {
    response = await ask("/summarize", { method: "POST", signal, ...sent, headers: { ...sent.headers, accept: "text/event-stream, application/json;q=0.5" } });
  } catch (error) {
    if (!(error instanceof Trouble) || error.problem.status !== 406) throw error;
    response = await ask("/summarize", { method: "POST", signal, ...sent, headers: { ...sent.headers, accept: "application/json" } });
  }
  if (!(response.headers.get("content-type") || "").startsWith("text/event-stream")) return response.json();
  try {
    for await (const event of events(response)) {
      let value;
      try { value = JSON.parse(event.data); } catch { continue; }
      if (event.name === "done") return value.answer || value;
      if (event.name === "failed") throw troubled(value.problem || value, value.status);
      if (event.name === "interrupted") throw new Trouble("It was interrupted", line(value.detail || "The server stopped before the answer was whole. Nothing is shown of it, since it was not finished; ask again."), value);
      heard(event.name, value);
    }
  } catch (error) {
    if (error instanceof Trouble || error.name === "AbortError") throw error;
    throw new Trouble("The connection broke off", "The answer was not finished, so nothing of it is shown. Ask again: what is finished by then is answered at once.");
  }
  throw new Trouble("The connection broke off", "The server ended the stream without an answer. Ask again.");
}

function troubleBox(error, again) {
  const problem = error.problem || {};
  const list = Array.isArray(problem.errors) ? problem.errors.slice(0, 10) : [];
  const wantsKey = problem.status === 401;
  const field = h("input", { type: "password", autocomplete: "off", id: "api-key", value: "" });
  const keep = () => { try { sessionStorage.setItem(KEY, field.value.trim()); } catch { /* A browser without storage: the key cannot be kept. */ } state(); again(); };
  const box = h("div", { class: "trouble", role: "alert" }, h("h2", {}, line(error.title || "Something went wrong in this page")),
    h("p", {}, line(error.message)), list.length > 0 && h("ul", {}, list.map((one) => h("li", {}, foreign(`${one.pointer || ""}: ${one.detail || ""}`)))),
    wantsKey ? h("p", { class: "key" }, h("label", { for: "api-key" }, "API key of this server"), field,
      h("button", { type: "button", on: { click: keep } }, "Use this key"), h("span", { class: "soft" }, "Kept in this tab until it is closed, and sent to this server only."))
      : h("p", {}, h("button", { type: "button", on: { click: again } }, "Try again")),
    problem.request_id && h("p", { class: "soft" }, "request ", foreign(problem.request_id)));
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") keep(); });
  return box;
}

function download(text, type, name) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// --- Places ------------------------------------------------------------------------------------------------------------------

function show(title, ...nodes) {
  document.title = title ? `${title} · Consensus` : "Consensus summarizer";
  fill(main, ...nodes);
}

function startPlace() {
  const problem = h("div", {});
  const choice = (name, label, values) => h("p", {}, h("label", { for: `o-${name}` }, label), h("select", { id: `o-${name}`,
    on: { change: (event) => { options[name] = event.target.value; } } }, values.map(([value, word]) => h("option", { value, selected: options[name] === value }, word))));
  const field = (name, label, props) => h("p", { class: props.wide ? "grow" : null }, h("label", { for: `o-${name}` }, label), h("input", { ...props, id: `o-${name}`, value: options[name],
    on: { input: (event) => { options[name] = event.target.value; } } }));
  const go = h("button", { type: "button", class: "primary", on: { click: () => run() } }, "Summarize");
  const run = () => {
    if (!drafts.length) { fill(problem, h("p", { class: "field-error need", role: "alert" }, "Add at least one article first; with two or more, agreement can be counted.")); return; }
    working();
  };
  show("", h("div", { class: "sheet" }, h("h1", {}, "What do the reports agree on?"),
    h("p", { class: "intro" }, "Give several reports of one event. You get one short text in which every statement points to the words it rests on, independent sources are counted, and disagreement is shown."),
    intake(), h("details", { class: "options" }, h("summary", {}, "Options"), h("div", { class: "fields" },
      field("max_words", "Words at most", { type: "number", min: "20", max: "2000" }), choice("style", "Form", [["paragraph", "paragraph"], ["bullets", "bullets"]]),
      field("min_origins", "Independent origins at least", { type: "number", min: "1", max: "100" }),
      choice("engine", "Engine", [["auto", "automatic"], ["extractive", "without a model"], ["llm", "with the model"]]),
      field("focus", "Question or topic", { type: "text", maxlength: "500", placeholder: "optional", wide: true }))),
    problem, h("p", { class: "go" }, go)));
}

function working() {
  const stop = new AbortController();
  const stages = h("ol", { class: "stages" });
  const facts = h("ol", { class: "arriving" });
  const clock = h("span", { class: "soft" }, "");
  const begun = performance.now();
  const tick = setInterval(() => { clock.textContent = `${Math.round((performance.now() - begun) / 1000)} s`; }, 1000);
  const rows = new Map();
  const stage = (name, done, total) => {
    const words = STAGES[name] || worded(name);
    if (!rows.has(name)) {
      rows.set(name, h("li"));
      stages.append(rows.get(name));
      say(words);
    }
    const row = rows.get(name);
    for (const one of stages.children) { one.className = "past"; one.removeAttribute("aria-current"); }
    const over = total > 0 && done >= total;
    if (!over) { row.className = "now"; row.setAttribute("aria-current", "step"); }
    fill(row, words, total > 1 && h("span", { class: "soft" }, ` ${done} of ${total}`));
  };
  const arrived = new Map();
  const heard = (name, value) => {
    if (name === "stage") {
      if (value.name) stage(String(value.name), Number(value.done) || 0, Number(value.total) || 0);
    } else if (name === "fact") {
      const fact = value.fact || value;
      const id = String(value.number);
      const quote = (fact.citations || [])[0];
      const row = h("li", {}, h("p", { class: "fact", dir: "auto" }, bare(fact.text || "")), h("p", { class: "source" }, fact.agreement ? h("span", { class: `tag ${TONES[fact.agreement] || ""}` }, worded(fact.agreement)) : "",
        quote ? [" ", h("q", { dir: "auto" }, line(quote.quote || "")), " ", foreign(quote.name || (quote.article ? `article ${quote.article}` : ""))] : ""));
      if (arrived.has(id)) arrived.get(id).replaceWith(row); else facts.append(row);
      arrived.set(id, row);
    } else if (name === "fact_withdrawn") {
      const row = arrived.get(String(value.number));
      if (row) { row.classList.add("withdrawn"); row.append(h("p", { class: "soft" }, "withdrawn: it does not stand in the answer")); }
    }
  };
  show("Working", h("div", { class: "sheet working" }, h("h1", {}, "Reading ", plural(drafts.length, "article"), " ", clock), h("div", { class: "progress", role: "progressbar", "aria-label": "Working" }, h("i")),
    stages, facts, h("p", {}, h("button", { type: "button", on: { click: () => stop.abort() } }, "Cancel"))));
  stage("read");
  shownPlace = "working";
  summarize(heard, stop.signal).then((answer) => {
    kept.set(answer.id, answer);
    if (shownPlace !== "working") return;
    location.hash = `#/summaries/${encodeURIComponent(answer.id)}`;
  }).catch((error) => {
    if (shownPlace !== "working") return;
    startPlace();
    shownPlace = "start";
    if (error.name !== "AbortError") {
      const box = troubleBox(error, working);
      main.querySelector(".sheet").prepend(box);
      box.scrollIntoView({ block: "nearest" });
      box.querySelector("input, button").focus();
    }
  }).finally(() => clearInterval(tick));
}

function tools(answer) {
  const told = h("span", { class: "soft", role: "status" });
  const name = `consensus-${line(answer.id).replace(/[^A-Za-z0-9_-]/g, "").slice(0, 12) || "summary"}`;
  const path = `/summaries/${encodeURIComponent(answer.id)}`;
  const fetched = (type, ending) => async () => {
    try { download(await (await ask(path, { headers: { accept: type } })).text(), type, `${name}.${ending}`); told.textContent = ""; }
    catch (error) { told.textContent = line(`${error.title || "It failed"}: ${error.message}`); }
  };
  const copy = async () => {
    try { await navigator.clipboard.writeText(location.href); told.textContent = "The link is copied; it works for as long as the server keeps the answer."; }
    catch { told.textContent = "Copy the address of this page: it is the link."; }
  };
  const forget = async () => {
    try { await ask(path, { method: "DELETE" }); kept.delete(answer.id); location.hash = "#/"; }
    catch (error) { told.textContent = line(`${error.title || "It failed"}: ${error.message}`); }
  };
  const button = (word, run) => h("button", { type: "button", on: { click: run } }, word);
  const forgetting = button("Forget", forget);
  forgetting.title = "Delete this answer from the server";
  return h("div", { class: "tools", role: "group", "aria-label": "This answer" }, h("span", { class: "soft" }, "Download"), button("Markdown", fetched("text/markdown", "md")),
    button("HTML", fetched("text/html", "html")), button("JSON", () => download(JSON.stringify(answer, null, 2), "application/json", `${name}.json`)),
    h("span", { class: "gap" }), button("Copy link", copy), forgetting, told);
}

async function answerPlace(id, chosen) {
  const place = `summaries/${id}`;
  let answer = kept.get(id);
  if (!answer) {
    show("", h("div", { class: "sheet" }, h("p", { class: "soft" }, "Fetching the answer…")));
    try {
      answer = await (await ask(`/summaries/${encodeURIComponent(id)}`, { headers: { accept: "application/json" } })).json();
    } catch (error) {
      if (shownPlace !== place) return;
      if (error.problem?.status === 404) error.message = "There is no such answer here, or it is not kept any more. Make it again from its articles.";
      show("", h("div", { class: "sheet" }, troubleBox(error, () => answerPlace(id, chosen)), h("p", {}, h("a", { href: "#/" }, "Begin a new summary"))));
      return;
    }
    if (shownPlace !== place) return;
    kept.set(id, answer);
  }
  const told = (key) => history.replaceState(null, "", `#/summaries/${encodeURIComponent(id)}${key ? `/${key}` : ""}`);
  const reader = new Reader(answer, { tools: tools(answer), chosen, told });
  show(answer.headline ? line(answer.headline.text) : "Consensus summary", reader.element);
}

function checkPlace() {
  if (!drafts.length && kept.size) {
    const last = [...kept.values()].at(-1);
    for (const one of last.articles) if (typeof one.text === "string") drafts.push({ name: one.name, kind: "text", text: one.text, url: one.url, size: new Blob([one.text]).size });
  }
  const problem = h("div", {});
  const found = h("div", {});
  const text = h("textarea", { rows: "9", id: "draft", maxlength: "200000", placeholder: "Paste a summary, by a person or a model. Markers such as [2] are read as citations of article 2.",
    on: { input: (event) => { toCheck = event.target.value; } } });
  text.value = toCheck;
  const go = h("button", { type: "button", class: "primary", on: { click: () => run() } }, "Check it");
  const run = async () => {
    const wrong = !toCheck.trim() ? "Paste the text that should be checked." : !drafts.length ? "Add the articles that it should rest on." : "";
    if (wrong) { fill(problem, h("p", { class: "field-error need", role: "alert" }, wrong)); return; }
    const odd = drafts.find((draft) => draft.kind === "file");
    if (odd) { fill(problem, h("p", { class: "field-error", role: "alert" }, `${line(odd.name)} is not UTF-8 text; save it as UTF-8 to check against it.`)); return; }
    fill(problem);
    go.disabled = true;
    go.textContent = "Checking…";
    try {
      const response = await ask("/verify", { method: "POST", headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ articles: articlesToSend(), text: toCheck.toWellFormed() }) });
      const answer = await response.json();
      const texts = new Map(drafts.map((draft, index) => [index + 1, draft]).filter(([, draft]) => draft.kind === "text").map(([number, draft]) => [number, draft.text]));
      const verdicts = new Verdicts(answer, texts);
      fill(found, verdicts.element);
      verdicts.element.querySelector("h1").focus();
      found.scrollIntoView({ block: "start" });
    } catch (error) {
      fill(found);
      fill(problem, troubleBox(error, run));
    } finally {
      go.disabled = false;
      go.textContent = "Check it";
    }
  };
  show("Check a text", h("div", { class: "sheet" }, h("h1", {}, "Does it stand in the articles?"),
    h("p", { class: "intro" }, "Anybody’s summary, sentence by sentence: what is supported, what another article says, what is found nowhere, and what is contradicted. Nothing is sent to a model."),
    h("label", { for: "draft", class: "big" }, "The text"), text, h("h2", { class: "small big" }, "The articles"), intake(), problem, h("p", { class: "go" }, go)), found);
}

function placed() {
  const [path, chosen] = (() => {
    const found = /^#\/summaries\/([^/]+)(?:\/([a-z0-9.]+))?$/.exec(location.hash);
    if (!found) return [location.hash === "#/check" ? "check" : "start", null];
    try { return [`summaries/${decodeURIComponent(found[1])}`, found[2]]; } catch { return ["start", null]; }
  })();
  shownPlace = path;
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === (path === "check" ? "check" : "start")) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
  if (path === "start") startPlace();
  else if (path === "check") checkPlace();
  else answerPlace(path.slice("summaries/".length), chosen);
}

async function state() {
  const place = document.getElementById("state");
  try {
    const ready = await (await fetch("/readyz", { cache: "no-store" })).json();
    const model = (ready.checks || []).find((one) => one.name === "model");
    fill(place, ready.status && ready.status !== "ready" ? "not ready: something behind the server is away"
      : model && model.model ? ["model: ", foreign(model.model)] : "no model: no text leaves the server");
  } catch { fill(place, "the server cannot be reached"); }
}

document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
addEventListener("hashchange", placed);
addEventListener("online", state);
addEventListener("offline", () => fill(document.getElementById("state"), "you are offline"));
placed();
state();
})();
