import { expect, test } from 'vitest';
import { FAULTS } from './faults.ts';
import { chain } from './kit/chain.ts';
import { type Finished, run, sh } from './kit/exec.ts';
import { judged } from './kit/netwhy.ts';
import { asOrdinaryUser, canBeAnybody, programForAnybody, withoutTools } from './kit/user.ts';

/** Everything by which a machine is usually asked about its network. */
const TOOLS = [
  ...['ping', 'ping6', 'traceroute', 'traceroute6', 'tracepath', 'mtr', 'mtr-packet', 'busybox'],
  ...['ss', 'ip', 'netstat', 'arp', 'route', 'ifconfig', 'getent', 'nc'],
];
const TOLD: ReadonlySet<string> = new Set([
  'port-open',
  'port-closed',
  'port-filtered',
  'no-route',
  'name-not-found',
  'name-no-address',
  'resolver-failure',
  'resolver-unreachable',
]);

const program = programForAnybody();
const faults = FAULTS.filter(({ code }) => TOLD.has(code)).map((fault) => [fault.code, fault] as const);

/** Runs netwhy for an ordinary user on a machine that has none of the tools. */
function bare(on: string, args: readonly string[]): Promise<Finished> {
  const command = [...program, ...args];
  sh(on, 'echo "1 0" > /proc/sys/net/ipv4/ping_group_range');
  return run(on, withoutTools(TOOLS, canBeAnybody() ? asOrdinaryUser(command) : command));
}

test('every fault that sockets can tell is among those tried', () => {
  expect(new Set(faults.map(([code]) => code))).toEqual(TOLD);
});

test.each(faults)('without a tool and without a right, by sockets alone: %s', async (code, fault) => {
  const { on, ask } = await fault.build();
  const { report } = judged(await bare(on, ['check', ...ask, '--json', '--engine', 'sockets']));
  expect(report.diagnosis.code, JSON.stringify(report.evidence)).toBe(code);
  const unseen = report.notChecked.map((each) => each.code);
  if (code.startsWith('port-')) {
    expect(report.notChecked).toContainEqual({ code: 'icmp-filtered', reason: 'not-permitted' });
  }
  if (code === 'port-closed') expect(unseen).toContain('port-rejected');
  expect(report.ruledOut.map((each) => each.code).filter((each) => unseen.includes(each))).toEqual([]);
});

test.each(faults)('without a tool and without a right, by whatever is there: %s', async (code, fault) => {
  const { on, ask } = await fault.build();
  const { report } = judged(await bare(on, ['check', ...ask, '--json']));
  expect(report.diagnosis.code, JSON.stringify(report.evidence)).toBe(code);
});

test('doctor says there what is missing, what it costs and which package brings it', async () => {
  const net = await chain({ routers: 0 });
  const finished = await bare(net.client, ['doctor', '--json']);
  expect(finished.exitCode, finished.stderr).toBe(1);
  const document = JSON.parse(finished.stdout);
  expect(document).toMatchObject({ schema: 'netwhy.doctor/v1', verdict: 'reduced' });
  const ip = document.capabilities.find(({ id }: { readonly id: string }) => id === 'ip');
  expect(ip).toMatchObject({ state: 'missing', cause: 'tool-missing', grants: [{ purpose: 'install-package' }] });
});

test('doctor on a machine whose loopback is down finds that nothing measures', async () => {
  const net = await chain({ routers: 0 });
  sh(net.client, 'ip link set lo down');
  const finished = await bare(net.client, ['doctor']);
  expect(finished.exitCode, finished.stdout).toBe(2);
  expect(finished.stdout.split('\n')[0]).toContain('Nothing can be measured');
});
