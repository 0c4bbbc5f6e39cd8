/** Of the page: light or dark as the reader's system says, one column on a phone, ink without colours on paper. */
export const STYLE = `
:root{color-scheme:light dark;--back:#fff;--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--box:#f6f8fa;--good:#116329;--bad:#a40e26;--odd:#7d4e00}
@media(prefers-color-scheme:dark){:root{--back:#0d1117;--ink:#e6edf3;--dim:#9198a1;--line:#3d444d;--box:#151b23;--good:#56d364;--bad:#ff7b72;--odd:#e3b341}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:60rem;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.35rem;line-height:1.3;margin:.5rem 0}
h2{font-size:1rem;margin:1.5rem 0 .4rem;border-bottom:1px solid var(--line)}
code,pre,td.mono{font-family:ui-monospace,monospace;font-size:.9em}
pre{background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.5rem;overflow-x:auto;margin:.3rem 0}
.dim{color:var(--dim);font-size:.9rem}
.healthy{color:var(--good)}.fault{color:var(--bad)}.degraded,.inconclusive{color:var(--odd)}
.path{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;padding:0;margin:.4rem 0}
.path li{border:1px solid var(--line);border-radius:6px;background:var(--box);padding:.1rem .5rem;font-family:ui-monospace,monospace;font-size:.9em}
.path li.broken{border:2px solid var(--bad);color:var(--bad);font-weight:600}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0;border-bottom:1px solid var(--line)}
svg{width:100%;height:auto;max-width:44rem}
svg text{fill:var(--dim);font:12px system-ui,sans-serif}
svg .axis{stroke:var(--line)}svg .span{stroke:var(--dim);stroke-width:2}svg .dot{fill:var(--ink)}svg .at{fill:var(--bad)}
details{margin:.5rem 0}summary{cursor:pointer}
article+article{margin-top:2.5rem;border-top:3px double var(--line)}
@media(max-width:40rem){table,tbody,tr,td,th{display:block}td,th{border:0;padding:.1rem 0}tr{border-bottom:1px solid var(--line);padding:.4rem 0}}
@media print{body{max-width:none}details>*{display:block}}
`.trim();
