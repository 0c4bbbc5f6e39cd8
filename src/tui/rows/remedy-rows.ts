import type { NextStep } from '../../domain/report.ts';
import type { Report } from '../../evidence/report/report.ts';
import { textWidth } from '../../text/text-width.ts';
import { platformsOf, stepsFor } from '../state/platform-tabs.ts';
import { BLANK, paragraph, type Row, type Span } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

/**
 * What to do, for one platform at a time, the detected ones first:
 *
 *   [nftables]  iptables  linux   ←/→
 *   1. Let the port in
 *      check $ nft list ruleset
 */
export function remedyRows(report: Report, tab: number, theme: Theme, columns: number): readonly Row[] {
  const platforms = platformsOf(report);
  const steps = stepsFor(report, platforms[tab]);
  // A screen reader has no tabs: it is told every step and its platform.
  const shown = theme.screenReader ? report.diagnosis.nextSteps : steps;
  // What is done elsewhere is no more for this machine because this machine has the same tools.
  const isHere = report.diagnosis.owner === 'this-machine';
  const tabs = theme.screenReader || platforms.length < 2 ? [] : tabRows(platforms, tab, isHere, theme, columns);
  return [...tabs, ...shown.flatMap((step, index) => stepRows(step, index + 1, theme, columns))];
}

function tabRows(
  platforms: readonly string[],
  tab: number,
  isHere: boolean,
  { words, platforms: here, plain }: Theme,
  columns: number,
) {
  const rows: Span[][] = [[]];
  let width = 0;
  for (const [index, platform] of platforms.entries()) {
    const name = isHere && here.includes(platform) ? `${platform} ${words.here}` : platform;
    const isShown = index === tab;
    const text = plain(isShown ? `[${name}]` : ` ${name} `);
    if (width > 0 && width + textWidth(text) > columns) {
      rows.push([]);
      width = 0;
    }
    rows[rows.length - 1]?.push({ text, tone: isShown ? 'focus' : 'dim' });
    width += textWidth(text);
  }
  return [...rows, BLANK];
}

function stepRows(step: NextStep, number: number, theme: Theme, columns: number): readonly Row[] {
  const { words, plain } = theme;
  const title = step.platform === 'any' ? step.title : `${step.title} (${step.platform})`;
  const command = (text: string | null, use: string) => (text === null ? [] : commandRows(text, theme, columns, use));
  return [
    ...paragraph(plain(title), columns, { lead: { text: `${number}. ` } }),
    ...command(step.check, words.check),
    ...command(step.command, `${words.run} (${words.risk[step.risk]})`),
    ...command(step.undo, words.undo),
  ];
}

/** A command, every line of it, led by what it is for and a sign, so that the colour is not all that marks it. */
export function commandRows(command: string, { plain }: Theme, columns: number, use = ''): readonly Row[] {
  return command.split(/\r?\n/u).flatMap((line, index) => {
    const before = index === 0 ? plain(use) : '';
    const lead = `   ${before}${' '.repeat(textWidth(plain(use)) - textWidth(before))}${use === '' ? '' : ' '}$ `;
    // Where what it is for leaves no room for the command, the command stands below.
    if (textWidth(lead) > columns / 2) {
      const own = paragraph(plain(line), columns, { tone: 'accent', lead: { text: '   $ ', tone: 'dim', spoken: '' } });
      return [...(before === '' ? [] : paragraph(before, columns, { tone: 'dim', indent: 3 })), ...own];
    }
    return paragraph(plain(line), columns, {
      tone: 'accent',
      lead: { text: lead, tone: 'dim', spoken: before === '' ? '' : `${before}: ` },
    });
  });
}
