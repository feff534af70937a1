"""The style of the page (part of the room `render`): light and dark, phone and desk, left to right and right to left.

Takes nothing. Gives: one constant. Does not know: what the page says. Logical properties (`inline-start`) everywhere,
so that right-to-left text is mirrored; colour is never the only sign of anything.
"""

STYLE = """
:root {
  color-scheme: light dark;
  --bg: #ffffff; --fg: #1b1f24; --soft: #59636e; --line: #d5dbe1; --box: #f5f7f9; --link: #0b57c9;
  --good: #116d33; --good-bg: #e2f4e6; --part: #7a5200; --part-bg: #fbf0d0; --bad: #a3201a; --bad-bg: #fbe4e1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #14181d; --fg: #e5e9ee; --soft: #9ba7b4; --line: #343c46; --box: #1d232a; --link: #84b6ff;
    --good: #7fd897; --good-bg: #16301d; --part: #e8c26a; --part-bg: #352a10; --bad: #ff9d94; --bad-bg: #3d1a18;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--bg); color: var(--fg);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1.1rem 4rem; }
h1 { font-size: clamp(1.45rem, 4.5vw, 2.1rem); line-height: 1.2; margin: .3rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .7rem; padding-top: .7rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.2rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.kicker, .soft, .foot { color: var(--soft); font-size: .88rem; }
.lead { font-size: clamp(1.05rem, 2.4vw, 1.2rem); line-height: 1.65; }
ul.lead { padding-inline-start: 1.2rem; }
ul.lead li { margin: .4rem 0; }
.cite {
  font-size: .72em; line-height: 0; vertical-align: super; white-space: nowrap; font-variant-numeric: tabular-nums;
}
h1 .cite { font-size: .45em; font-weight: 400; }
.cite a { text-decoration: none; padding: 0 .06em; }
.cite a:hover { text-decoration: underline; }
.banner, .warn {
  border: 1px solid var(--line); border-inline-start: 4px solid var(--part); border-radius: 6px;
  background: var(--part-bg); padding: .6rem .9rem; margin: 1rem 0;
}
.banner { border-inline-start-color: var(--bad); background: var(--bad-bg); }
.warn ul { margin: .3rem 0; padding-inline-start: 1.2rem; }
.tag {
  display: inline-block; font-size: .78rem; font-weight: 400; line-height: 1.4; padding: .06rem .55rem;
  border-radius: 1rem; background: var(--box); color: var(--soft); border: 1px solid var(--line);
  overflow-wrap: anywhere;
}
.tag.good { color: var(--good); background: var(--good-bg); }
.tag.part { color: var(--part); background: var(--part-bg); }
.tag.bad { color: var(--bad); background: var(--bad-bg); }
.facts { list-style: none; margin: 0; padding: 0; }
.facts > li { border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; margin: .7rem 0; }
.facts > li:target, tr:target > *, blockquote:target { background: var(--part-bg); }
.fact { font-weight: 600; margin: 0 0 .35rem; overflow-wrap: anywhere; }
.num { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
blockquote { margin: .6rem 0; padding: .1rem .8rem; border-inline-start: 3px solid var(--line); }
blockquote p { margin: .1rem 0; overflow-wrap: anywhere; }
.source { font-size: .82rem; color: var(--soft); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: .8rem; }
.side { border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; background: var(--box); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
th, td { text-align: start; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
thead th { background: var(--box); font-weight: 600; }
tbody th { font-weight: 400; }
.matrix td, .matrix thead th + th { text-align: center; white-space: nowrap; }
.matrix tbody th { min-width: 13rem; overflow-wrap: anywhere; }
.who {
  display: block; max-width: 9rem; margin: auto; overflow: hidden; text-overflow: ellipsis;
  font-weight: 400; color: var(--soft);
}
td.n, th.n { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.short { white-space: nowrap; }
td.wide { min-width: 10rem; overflow-wrap: anywhere; }
.asserts { color: var(--good); }
.differs, .denies { color: var(--bad); }
.hedges { color: var(--part); }
.silent { color: var(--soft); }
details { margin: .5rem 0; overflow-wrap: anywhere; }
summary { cursor: pointer; }
.plain { padding-inline-start: 1.2rem; margin: .4rem 0; overflow-wrap: anywhere; }
.plain li { margin: .4rem 0; }
.foot { border-top: 1px solid var(--line); margin-top: 2.4rem; padding-top: .8rem; overflow-wrap: anywhere; }
@media print {
  main { max-width: none; padding: 0; }
  .facts > li, .side { break-inside: avoid; }
  .scroll { overflow: visible; }
}
"""
