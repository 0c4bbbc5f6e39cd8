import { expect, test } from 'vitest';
import { type Authority, issue, newAuthority } from './kit/certificates.ts';
import { type Chain, chain, type Family, TO_CLIENT } from './kit/chain.ts';
import { filter, run, sh } from './kit/exec.ts';
import { type Checked, expectDiagnosis, judged, netwhy } from './kit/netwhy.ts';
import { allowPing, ORDINARY_USER } from './kit/ordinary-user.ts';
import { serve } from './kit/services.ts';
import { programForAnybody } from './kit/user.ts';

const FAMILIES = [4, 6] as const;
const NARROW = 1400;
/** Of the certificates that fill more than one packet. */
const PADDING = 3;

type Served = { readonly net: Chain; readonly authority: Authority };

/** Three routers, the link between the second and the third narrow and reported both ways, TLS on the server. */
async function narrow(family: Family): Promise<Served> {
  const net = await chain({ routers: 3, families: [family] });
  sh(net.router(2), `ip link set eth1 mtu ${NARROW}`);
  sh(net.router(3), `ip link set ${TO_CLIENT} mtu ${NARROW}`);
  return { net, authority: await serveLarge(net, family) };
}

/** TLS on the server, with more certificates than one packet holds. */
async function serveLarge(net: Chain, family: Family): Promise<Authority> {
  const authority = newAuthority();
  const credentials = issue(authority, { names: [`IP:${net.target(family)}`] });
  await serve(net.server, { kind: 'tls', host: '::', port: 443, ...credentials, padding: PADDING });
  return authority;
}

function deafen(net: Chain): void {
  filter(net.server, 'input', 'icmp type destination-unreachable drop', 'icmpv6 type packet-too-big drop');
}

function urlOf(net: Chain, family: Family): string {
  return family === 4 ? `https://${net.target(4)}/` : `https://[${net.target(6)}]/`;
}

async function checked({ net, authority }: Served, family: Family, ...args: readonly string[]): Promise<Checked> {
  const env = { SSL_CERT_FILE: authority.file };
  return judged(await netwhy(net.client, ['check', urlOf(net, family), '--json', ...args], { env }));
}

/** What the kernel of the client remembers of the path to the server. */
function remembered(net: Chain, family: Family): string | null {
  return /\bmtu (\d+)/u.exec(sh(net.client, `ip -${family} route get ${net.target(family)}`))?.[1] ?? null;
}

test.each(FAMILIES.flatMap((family) => (['raw', 'kernel'] as const).map((engine) => ({ family, engine }))))(
  'IPv$family, engine $engine: a server that is deaf to the reports of a narrow link',
  async ({ family, engine }) => {
    const served = await narrow(family);
    const { net } = served;
    deafen(net);
    const found = await checked(served, family, '--engine', engine);
    expectDiagnosis(found, { code: 'path-mtu-blackhole', verdict: 'fault', confidence: 'certain' });
    const { diagnosis, evidence } = found.report;
    expect(diagnosis.owner).toBe('target');
    expect(diagnosis.where).toBeNull();
    expect(evidence.tls).toMatchObject({
      state: 'silent',
      acknowledged: true,
      segments: { small: { tried: 2, answered: 2 }, usual: { tried: 2, answered: 0 } },
    });
    expect(diagnosis.summary).toContain('on the way back');
    expect(found.report.durationMs).toBeLessThan(9000);
    // What it asked has not repaired what it was asked about; IPv6 learns from every report of an echo.
    expect(remembered(net, family)).toBe(family === 4 ? null : String(NARROW));
    expect(evidence.mtu?.learned).toBe(family === 4 ? null : NARROW);
  },
);

test.each(FAMILIES)('IPv%i: the same narrow link before a server that hears its reports', async (family) => {
  const found = await checked(await narrow(family), family);
  expectDiagnosis(found, { code: 'port-open', verdict: 'healthy', confidence: 'certain', also: ['path-mtu-reduced'] });
  expect(found.report.evidence.tls).not.toHaveProperty('segments');
  expect(found.report.ruledOut.map(({ code }) => code)).toContain('path-mtu-blackhole');
});

test('as an ordinary user', async () => {
  const { net, authority } = await narrow(4);
  deafen(net);
  allowPing(net.client);
  const command = [...ORDINARY_USER, ...programForAnybody(), 'check', urlOf(net, 4), '--json'];
  const found = judged(await run(net.client, command, { env: { SSL_CERT_FILE: authority.file } }));
  expectDiagnosis(found, { code: 'path-mtu-blackhole', verdict: 'fault', confidence: 'certain' });
  expect(remembered(net, 4)).toBeNull();
});

test.each(FAMILIES)('IPv%i: a router that drops large packets on the way back alone', async (family) => {
  const net = await chain({ routers: 3, families: [family] });
  const authority = await serveLarge(net, family);
  filter(net.router(2), 'prerouting', 'iifname "eth1" meta length > 1400 drop');
  const found = await checked({ net, authority }, family);
  expectDiagnosis(found, {
    code: 'path-mtu-blackhole',
    verdict: 'fault',
    confidence: 'certain',
    where: { hop: 2, address: net.hop(2, family) },
  });
  expect(found.report.diagnosis.owner).toBe('path');
  expect(found.report.evidence.mtu).toMatchObject({ lastPassing: { hop: 3 }, lastReturning: { hop: 2 } });
});

test('a TLS server that never answers is no black hole, whatever the path is like', async () => {
  const net = await chain({ routers: 3, families: [4] });
  sh(net.router(2), `ip link set eth1 mtu ${NARROW}`);
  sh(net.router(3), `ip link set ${TO_CLIENT} mtu ${NARROW}`);
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  const { report } = await checked({ net, authority: newAuthority() }, 4);
  expect(report.findings.map(({ code }) => code)).not.toContain('path-mtu-blackhole');
  expect(report.evidence.tls?.segments).toMatchObject({ small: { tried: 2, answered: 0 } });
});
