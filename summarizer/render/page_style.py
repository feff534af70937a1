"""The style of the page (part of the room `render`): light and dark, phone and desk, left to right and right to left.

Takes nothing. Gives: one constant, which the report carries inside and the web page loads as `/web/base.css`. Does not
know: what the page says. Logical properties (`inline-start`) everywhere, so that right-to-left text is mirrored; colour
is never the only sign of anything.
"""

STYLE = """
:root {
  color-scheme: light dark;
  --bg: #fbfaf6; --paper: #fffefb; --fg: #1e1b17; --soft: #676056; --line: #e1dbce; --box: #f4f0e7; --link: #7d3512;
  --good: #1c6437; --good-bg: #e4f1e4; --part: #714b00; --part-bg: #faeecb; --bad: #982319; --bad-bg: #fae4df;
  --mark: #ffe28f; --mark-fg: #1e1b17; --cited: #d8b45c;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, "Source Serif 4", "Noto Serif", Cambria, "Liberation Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #171614; --paper: #1c1a18; --fg: #e9e4da; --soft: #a8a094; --line: #38342d; --box: #23201d; --link: #f0b48f;
    --good: #8ed3a0; --good-bg: #17301f; --part: #e8c673; --part-bg: #342a11; --bad: #ffa598; --bad-bg: #3d1d19;
    --mark: #6a5010; --mark-fg: #fff6dc; --cited: #7d6526;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 16px/1.55 var(--sans); }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1.1rem 4rem; }
h1, .lead, .fact, blockquote p, .src .text, .out-fact, .sentence { font-family: var(--serif); }
h1 { font-size: clamp(1.6rem, 4vw, 2.3rem); line-height: 1.15; font-weight: 600; letter-spacing: -.012em; margin: .2rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.06rem; font-weight: 650; margin: 2.6rem 0 .8rem; padding-top: .8rem; border-top: 1px solid var(--line); }
h3 { font-size: .98rem; margin: 1.2rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.kicker, .soft, .foot { color: var(--soft); font-size: .86rem; }
.kicker { letter-spacing: .01em; margin-bottom: 0; }
.lead { font-size: clamp(1.13rem, 2.2vw, 1.27rem); line-height: 1.68; hanging-punctuation: first; }
ul.lead { padding-inline-start: 1.2rem; }
ul.lead li { margin: .5rem 0; }
.cite { font: .64em/0 var(--sans); vertical-align: super; white-space: nowrap; font-variant-numeric: tabular-nums; }
h1 .cite { font-size: max(.36em, .78rem); font-weight: 400; letter-spacing: 0; }
.cite a { text-decoration: none; padding: 0 .06em; }
.cite a:hover { text-decoration: underline; }
.banner, .warn { border: 1px solid var(--line); border-inline-start: 4px solid var(--part); border-radius: 6px; background: var(--part-bg); padding: .6rem .9rem; margin: 1rem 0; }
.banner { border-inline-start-color: var(--bad); background: var(--bad-bg); }
.warn ul { margin: .3rem 0; padding-inline-start: 1.2rem; }
.warn .soft { color: inherit; }
.tag { display: inline-block; font: 400 .77rem/1.4 var(--sans); padding: .05rem .5rem; border-radius: 1rem; background: var(--box); color: var(--soft); overflow-wrap: anywhere; }
.tag.good { color: var(--good); background: var(--good-bg); }
.tag.part { color: var(--part); background: var(--part-bg); }
.tag.bad { color: var(--bad); background: var(--bad-bg); }
.facts { list-style: none; margin: 0; padding: 0; }
.facts > li { border-top: 1px solid var(--line); padding: 1rem 0 .6rem; }
.facts > li:first-child { border-top: 0; padding-top: 0; }
.facts > li:target, tr:target > *, blockquote:target { background: var(--part-bg); }
.fact { font-size: 1.08rem; font-weight: 600; line-height: 1.4; margin: 0 0 .35rem; overflow-wrap: anywhere; }
.num { color: var(--soft); font-family: var(--sans); font-weight: 400; font-variant-numeric: tabular-nums; }
blockquote { margin: .6rem 0; padding: .1rem .8rem; border-inline-start: 2px solid var(--cited); }
blockquote p { margin: .1rem 0; overflow-wrap: anywhere; }
blockquote .source, .source { font: .81rem/1.5 var(--sans); color: var(--soft); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: .8rem; }
.side { border: 1px solid var(--line); border-radius: 8px; padding: .8rem .9rem; background: var(--paper); }
.scroll { overflow-x: auto; margin: .6rem 0; position: relative; }
table { border-collapse: collapse; width: 100%; font-size: .86rem; }
th, td { text-align: start; vertical-align: top; padding: .45rem .55rem; border-bottom: 1px solid var(--line); }
thead th { font-weight: 600; }
tbody th { font-weight: 400; }
.matrix td, .matrix thead th + th { text-align: center; padding-inline: .3rem; }
.matrix tbody td { vertical-align: middle; font-size: 1rem; }
.matrix tbody th { min-width: 12rem; font: .98rem/1.4 var(--serif); overflow-wrap: anywhere; }
.matrix .groups th { font-weight: 400; color: var(--soft); font-size: .76rem; border-bottom: 0; padding-bottom: 0; white-space: nowrap; }
.matrix .groups td { border-bottom: 0; }
.matrix .groups .copies { border-bottom: 2px solid var(--cited); color: var(--fg); }
.who { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; width: 3.7rem; margin: auto; overflow: hidden; overflow-wrap: break-word; line-height: 1.25; font-weight: 400; font-size: .78rem; color: var(--soft); }
td.n, th.n { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.short { white-space: nowrap; }
td.wide { min-width: 10rem; overflow-wrap: anywhere; }
.asserts { color: var(--good); }
.differs, .denies { color: var(--bad); }
.hedges { color: var(--part); }
.silent { color: var(--soft); }
.matrix td.asserts { background: var(--good-bg); }
.matrix td.differs, .matrix td.denies { background: var(--bad-bg); }
.matrix td.hedges { background: var(--part-bg); }
.matrix td.in-part { background: var(--box); }
.matrix tbody td { border-inline-start: 2px solid var(--bg); white-space: nowrap; }
details { margin: .5rem 0; overflow-wrap: anywhere; }
summary { cursor: pointer; }
.plain { padding-inline-start: 1.2rem; margin: .4rem 0; overflow-wrap: anywhere; }
.plain li { margin: .5rem 0; }
.foot { border-top: 1px solid var(--line); margin-top: 2.6rem; padding-top: .8rem; overflow-wrap: anywhere; }
.src { border-top: 1px solid var(--line); padding: .2rem 0 1rem; }
.src:first-child { border-top: 0; }
.src h3 { margin: .8rem 0 0; }
.src header p { margin: .1rem 0 .6rem; }
.src .text { font-size: 1rem; line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
mark { background: none; color: inherit; }
mark.cited { border-bottom: 1px solid var(--cited); }
mark.on, mark:target { background: var(--mark); color: var(--mark-fg); border-bottom-color: var(--mark-fg); box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.removed { color: var(--soft); font-size: .84em; text-decoration: line-through; text-decoration-color: var(--line); text-decoration-thickness: 1px; }
.copied { background: linear-gradient(var(--box), var(--box)); }
mark.copied.on { background: var(--mark); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 40rem) {
  .matrix tbody th { min-width: 9rem; }
  .matrix .who { position: absolute; width: 1px; height: 1px; clip-path: inset(50%); }
  .matrix .groups { display: none; }
  .matrix td, .matrix thead th + th { padding-inline: .15rem; min-width: 1.7rem; }
}
@media print {
  main { max-width: none; padding: 0; }
  .facts > li, .side { break-inside: avoid; }
  .scroll { overflow: visible; }
}
"""
