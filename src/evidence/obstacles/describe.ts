import type { Obstacle } from '../../domain/obstacle.ts';
import { parseVantage } from '../../domain/parse-vantage.ts';
import type { Language } from '../../domain/verdict.ts';
import type { ObstacleWords } from './words.ts';
import { OBSTACLE_WORDS_EN } from './words-en.ts';
import { OBSTACLE_WORDS_KO } from './words-ko.ts';

const WORDS: Readonly<Record<Language, ObstacleWords>> = { en: OBSTACLE_WORDS_EN, ko: OBSTACLE_WORDS_KO };

/** What is in the way, in sentences of one line. Not yet fit to print: see printable.ts. Empty for none. */
export function describeObstacles(obstacles: readonly Obstacle[], lang: Language): string {
  return [...new Set(obstacles.map((obstacle) => describe(obstacle, WORDS[lang])))].join(' ');
}

/** What could not be measured, and why; `hint` is the English sentence of a report of before there were codes. */
export type Unmeasured = { readonly obstacles: readonly Obstacle[]; readonly hint?: string };

/** The same of something that could not be measured; empty where nothing says so. */
export function hintOf(unavailable: Unmeasured | null | undefined, lang: Language): string {
  if (unavailable == null) return '';
  return [describeObstacles(unavailable.obstacles, lang), unavailable.hint ?? '']
    .filter((part) => part !== '')
    .join(' ');
}

function describe(obstacle: Obstacle, words: ObstacleWords): string {
  const { code, tool, place, said, command, setting, count, port, protocol } = obstacle;
  return words[code]({
    tool: tool ?? '?',
    place: place === undefined ? '?' : bareName(place),
    vantage: place ?? '?',
    said: said ?? '?',
    command: command ?? '?',
    setting: setting ?? '?',
    count: count ?? 0,
    port: port ?? 0,
    protocol: protocol?.toUpperCase() ?? '?',
    has: (detail) => obstacle[detail] !== undefined,
  });
}

/** `ssh://alice@db:22` as ssh takes it, `docker://web-1` as docker does; a text that is no vantage as it is. */
function bareName(place: string): string {
  const parsed = parseVantage(place);
  if (parsed.kind === 'invalid') return place;
  const { vantage } = parsed;
  switch (vantage.kind) {
    case 'local':
      return place;
    case 'ssh':
      return vantage.user === null ? vantage.host : `${vantage.user}@${vantage.host}`;
    case 'docker':
      return vantage.container;
    case 'kubectl':
      return vantage.pod;
  }
}
