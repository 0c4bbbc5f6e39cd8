const SAMPLE = /^(?<series>[a-z_]+\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*\}) -?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/u;

/** The samples of a text of the exposition format 0.0.4; throws where a line is none, or a series stands twice. */
export function promLines(text: string): readonly string[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const seen = new Set<string>();
  const samples = text
    .slice(0, -1)
    .split('\n')
    .filter((line) => !/^# (?:HELP|TYPE) [a-z_]+ /u.test(line));
  for (const line of samples) {
    const series = SAMPLE.exec(line)?.groups?.['series'];
    if (series === undefined) throw new Error(`no sample: ${line}`);
    if (seen.has(series)) throw new Error(`twice: ${series}`);
    seen.add(series);
  }
  return samples;
}
