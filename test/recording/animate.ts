import stringWidth from 'string-width';
import { type Cells, cellsOf } from './cells.ts';

/** What a terminal showed from a time on, as lines of `tmux capture-pane -e`. */
export type Frame = { readonly atMs: number; readonly lines: readonly string[] };

const CELL = { width: 7.8, height: 17 };
const MARGIN = 14;
/** How long the last frame stands before it begins anew. */
const LAST_MS = 6000;
const BACK = '#16181d';
const PAINT = { plain: '#d7dae0', red: '#ff7b72', green: '#7ee787', yellow: '#e3b341', cyan: '#76d9e6' };

/** The frames as one SVG that plays by itself, with nothing in it but text. Lines that come again are in it once. */
export function animate(frames: readonly Frame[], columns: number, rows: number, title: string): string {
  const totalMs = (frames[frames.length - 1]?.atMs ?? 0) + LAST_MS;
  const lineIds = new Map<string, string>();
  const idOf = (line: string): string => {
    const known = lineIds.get(line);
    if (known !== undefined) return known;
    const id = `l${lineIds.size}`;
    lineIds.set(line, id);
    return id;
  };
  const share = (ms: number) => ((ms / totalMs) * 100).toFixed(3);
  const drawn = frames.map(({ lines, atMs }, index) => {
    const untilMs = frames[index + 1]?.atMs ?? totalMs;
    const uses = lines.flatMap((line, row) =>
      line.trim() === '' ? [] : [`<use href="#${idOf(line)}" y="${row * CELL.height}"/>`],
    );
    const steps =
      index === 0
        ? `0%{opacity:1}${share(untilMs)}%,100%{opacity:0}`
        : `0%{opacity:0}${share(atMs)}%{opacity:1}${share(untilMs)}%,100%{opacity:${index === frames.length - 1 ? 1 : 0}}`;
    return {
      style: `@keyframes f${index}{${steps}}#f${index}{animation:f${index} ${totalMs}ms step-end infinite}`,
      group: `<g id="f${index}" class="f">${uses.join('')}</g>`,
    };
  });
  const lines = [...lineIds].map(
    ([line, id]) => `<text id="${id}" y="${MARGIN + 12}">${spansOf(cellsOf(line))}</text>`,
  );
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = Math.ceil(rows * CELL.height + 2 * MARGIN);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${PAINT.plain};white-space:pre}
.f{opacity:0}.b{font-weight:700}.d{opacity:.6}${(['red', 'green', 'yellow', 'cyan'] as const).map((name) => `.${name}{fill:${PAINT[name]}}`).join('')}
@media(prefers-reduced-motion:reduce){.f{animation:none!important}#f${frames.length - 1}{opacity:1}}
${drawn.map(({ style }) => style).join('\n')}</style>
<rect width="100%" height="100%" rx="8" fill="${BACK}"/>
<defs>${lines.join('\n')}</defs>
${drawn.map(({ group }) => group).join('\n')}
</svg>
`;
}

/** Each piece at the column where it stands, as wide as it is there, whatever the font does. */
function spansOf(cells: readonly Cells[]): string {
  let column = 0;
  return cells
    .map(({ text, colour, isBold, isDim }) => {
      const width = stringWidth(text);
      const x = MARGIN + column * CELL.width;
      column += width;
      if (text.trim() === '') return '';
      const names = [colour ?? '', isBold ? 'b' : '', isDim ? 'd' : ''].filter((name) => name !== '');
      const style = names.length === 0 ? '' : ` class="${names.join(' ')}"`;
      const fitted = ` textLength="${(width * CELL.width).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
      return `<tspan x="${x.toFixed(1)}"${fitted}${style}>${escaped(text)}</tspan>`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
