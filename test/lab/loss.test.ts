import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';

const FAMILIES = [4, 6] as const;

/** Routers, the hop that the faulty link leads to, percent of requests lost on it. */
const LOSSES = [
  [1, 1, 30],
  [1, 2, 10],
  [5, 1, 10],
  [5, 3, 10],
  [5, 6, 20],
  [12, 1, 30],
  [12, 7, 10],
  [12, 13, 30],
] as const;

const LOSSY = FAMILIES.flatMap((family) =>
  LOSSES.map(([routers, hop, percent]) => ({ family, routers, hop, percent })),
);

test.each(LOSSY)('IPv$family: of $routers routers, hop $hop is the first to lose $percent %', async (spec) => {
  const { family, routers, hop, percent } = spec;
  const net = await chain({
    routers,
    families: [family],
    wires: { [hop - 1]: { toServer: { lossPercent: percent }, seed: Number(process.env['SEED'] ?? 1) } },
  });
  const checked = await check(net.client, net.target(family));
  console.log(JSON.stringify({ ...spec, code: checked.report.diagnosis.code, got: checked.report.diagnosis.where?.hop, ms: checked.report.durationMs, hopMs: checked.report.evidence.hopEchoes?.durationMs, s: checked.report.evidence.hopEchoes?.hops.map((h) => `${h.received}/${h.sent}`).join(' ') }));
  expectDiagnosis(checked, {
    code: 'packet-loss',
    verdict: 'degraded',
    where: { hop, address: net.hop(hop, family) },
  });
});
