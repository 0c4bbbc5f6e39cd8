import { expect, test } from 'vitest';
import { type Chain, chain } from './kit/chain.ts';
import { filter, type NameService, setEtcFile, sh } from './kit/exec.ts';
import { type Checked, check, expectDiagnosis } from './kit/netwhy.ts';
import { type DnsAnswer, type Service, serve } from './kit/services.ts';

const RESOLVER = '10.9.1.1';
const OTHER = '10.9.1.53';
const V6 = 'fd09:0:0:2::1';

type DnsOptions = Omit<Extract<Service, { kind: 'dns' }>, 'kind' | 'host' | 'zone'>;

/** A client behind one router; on the other side a server with a name server and an open port 8080. */
async function networkWith(
  zone: Readonly<Record<string, DnsAnswer>>,
  options: DnsOptions = {},
  names: NameService = { resolvers: [RESOLVER] },
): Promise<Chain> {
  const net = await chain({ routers: 1, names });
  await serve(net.server, { kind: 'dns', host: RESOLVER, zone, ...options }, { kind: 'tcp', host: '::', port: 8080 });
  return net;
}

/** A second name server on the server's other address. */
async function addResolver(net: Chain, zone: Readonly<Record<string, DnsAnswer>>): Promise<void> {
  sh(net.server, `ip addr add ${OTHER}/24 dev eth0`);
  await serve(net.server, { kind: 'dns', host: OTHER, zone });
}

const codesOf = ({ report }: Checked) => report.findings.map(({ code }) => code);
const textOf = ({ report: { diagnosis } }: Checked) => [diagnosis.summary, diagnosis.explanation].join('\n');

const WEB = { 'web.test': { a: [RESOLVER], aaaa: [V6] } };

test('a name of which everything is well is healthy, certain, and has no finding', async () => {
  const checked = await check((await networkWith(WEB)).client, 'web.test:8080');
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
  expect(codesOf(checked)).toEqual(['port-open']);
  expect(checked.report.evidence.resolve?.system).toHaveLength(1);
});

test.each([
  { addresses: { a: ['0.0.0.0'], aaaa: ['::'] }, target: 'block.test', verdict: 'fault' },
  { addresses: { a: ['0.0.0.0'], aaaa: ['::'] }, target: 'block.test:443', verdict: 'fault' },
  { addresses: { a: ['127.0.0.1'] }, target: 'block.test:443', verdict: 'fault' },
  { addresses: { a: ['127.0.0.1'] }, target: 'block.test', verdict: 'degraded' },
  { addresses: { aaaa: ['::1'] }, target: 'udp://block.test:5353', verdict: 'fault' },
] as const)('$target is sent to $addresses by DNS: $verdict', async ({ addresses, target, verdict }) => {
  const checked = await check((await networkWith({ 'block.test': addresses })).client, target);
  expectDiagnosis(checked, { code: 'name-sinkholed', verdict, confidence: 'certain' });
  expect(textOf(checked)).toContain(RESOLVER);
});

test('a name of this machine by DNS whose port answers here is a service that is meant to be here', async () => {
  const net = await networkWith({ 'dev.test': { a: ['127.0.0.1'] } });
  await serve(net.client, { kind: 'tcp', host: '127.0.0.1', port: 3000 });
  expectDiagnosis(await check(net.client, 'dev.test:3000'), {
    code: 'port-open',
    verdict: 'healthy',
    also: ['name-sinkholed'],
  });
});

test('the same address from the hosts file is no sinkhole', async () => {
  const net = await networkWith({}, {}, { resolvers: [RESOLVER], hosts: ['127.0.0.1 dev.test'] });
  expect(codesOf(await check(net.client, 'dev.test:443'))).not.toContain('name-sinkholed');
});

const SEARCH: NameService = {
  resolvConf: `nameserver ${RESOLVER}\nsearch corp.lab.test\noptions ndots:5\n`,
};

test('a full name that a wildcard of the search list catches', async () => {
  const net = await networkWith(
    { 'api.partner.example.corp.lab.test': { a: [RESOLVER] }, 'api.partner.example': { a: ['203.0.113.9'] } },
    {},
    SEARCH,
  );
  const checked = await check(net.client, 'api.partner.example:443');
  expectDiagnosis(checked, { code: 'port-closed', verdict: 'fault', also: ['name-from-search-list'] });
  const found = checked.report.findings.find(({ code }) => code === 'name-from-search-list');
  expect(found?.summary).toContain('corp.lab.test');
  expect(found?.summary).toContain('203.0.113.9');
});

test('with a dot at its end the same name is asked for as it is', async () => {
  const net = await networkWith(
    { 'api.partner.example.corp.lab.test': { a: ['203.0.113.9'] }, 'api.partner.example': { a: [RESOLVER] } },
    {},
    SEARCH,
  );
  const checked = await check(net.client, 'api.partner.example.:8080');
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
  expect(codesOf(checked)).toEqual(['port-open']);
});

test('resolvers that do not agree are told beside the verdict, with what each says', async () => {
  const net = await networkWith(WEB, {}, { resolvers: [RESOLVER, OTHER] });
  await addResolver(net, { 'web.test': { a: ['203.0.113.9'] } });
  const checked = await check(net.client, 'web.test:8080');
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', also: ['resolvers-disagree'] });
  const found = checked.report.findings.find(({ code }) => code === 'resolvers-disagree');
  expect(found?.summary).toContain(`${OTHER}: 203.0.113.9`);
});

test('resolvers that agree are nothing to tell', async () => {
  const net = await networkWith(WEB, {}, { resolvers: [RESOLVER, OTHER] });
  await addResolver(net, WEB);
  expect(codesOf(await check(net.client, 'web.test:8080'))).toEqual(['port-open']);
});

test('a name that the first resolver denies and the second knows is not found, and not for certain', async () => {
  const net = await networkWith({}, {}, { resolvers: [RESOLVER, OTHER] });
  await addResolver(net, WEB);
  expectDiagnosis(await check(net.client, 'web.test:8080'), {
    code: 'name-not-found',
    verdict: 'fault',
    confidence: 'likely',
    also: ['resolvers-disagree'],
  });
});

test('an alias whose end is gone: which link', async () => {
  const net = await networkWith({ 'shop.test': { rcode: 'NXDOMAIN', chain: ['shop.cdn.test', 'gone.cdn.test'] } });
  const checked = await check(net.client, 'shop.test:443');
  expectDiagnosis(checked, { code: 'name-not-found', verdict: 'fault', confidence: 'certain' });
  expect(textOf(checked)).toContain('shop.test → shop.cdn.test → gone.cdn.test');
});

test('an alias whose end is there is nothing to tell', async () => {
  const net = await networkWith({ 'shop.test': { a: [RESOLVER], chain: ['shop.cdn.test'] } });
  const checked = await check(net.client, 'shop.test:8080');
  expect(codesOf(checked)).toEqual(['port-open']);
});

test('aliases that go round in a circle have no address', async () => {
  const net = await networkWith({ 'loop.test': { chain: ['a.test', 'b.test', 'a.test'] } });
  const checked = await check(net.client, 'loop.test');
  expectDiagnosis(checked, { code: 'name-no-address', verdict: 'fault' });
  expect(textOf(checked)).toContain('a.test');
});

test('an alias with escape codes reaches no terminal', async () => {
  const net = await networkWith({ 'evil.test': { rcode: 'NXDOMAIN', chain: ['\u001b]0;owned\u0007.test'] } });
  const checked = await check(net.client, 'evil.test');
  expectDiagnosis(checked, { code: 'name-not-found', verdict: 'fault' });
  expect(JSON.stringify(checked.report)).not.toMatch(/\\u001b|\\u0007/u);
});

test('what a resolver says of its failure is told', async () => {
  const extendedError = { code: 22, text: 'no servers\u001b[31m left' };
  const net = await networkWith({ 'web.test': { rcode: 'SERVFAIL', extendedError } });
  const checked = await check(net.client, 'web.test');
  expectDiagnosis(checked, { code: 'resolver-failure', verdict: 'fault', confidence: 'certain' });
  expect(textOf(checked)).toContain('EDE 22 (No Reachable Authority): no servers');
});

test.each([
  { how: 'refused', options: { tcp: 'refused' }, confidence: 'certain' },
  { how: 'silent', options: {}, confidence: 'likely' },
] as const)('an answer that is cut, and TCP 53 is $how', async ({ how, options, confidence }) => {
  const net = await networkWith({ 'big.test': { a: [RESOLVER], garbage: 'truncated' } }, options);
  if (how === 'silent') filter(net.server, 'input', 'tcp dport 53 drop');
  const checked = await check(net.client, 'big.test');
  expectDiagnosis(checked, { code: 'resolver-failure', verdict: 'fault', confidence });
  expect(textOf(checked)).toContain('truncated');
});

test('a resolver that cuts its answers for ever', async () => {
  const net = await networkWith({ 'big.test': { garbage: 'truncated-for-ever' } });
  expectDiagnosis(await check(net.client, 'big.test'), { code: 'resolver-failure', verdict: 'fault' });
});

test('a stub on this machine that refuses: those behind it are to be asked', async () => {
  const net = await networkWith({}, {}, { resolvers: ['127.0.0.53'] });
  await serve(net.client, { kind: 'dns', host: '127.0.0.53', zone: { '*': { rcode: 'REFUSED' } } });
  const checked = await check(net.client, 'web.test');
  expectDiagnosis(checked, { code: 'resolver-failure', verdict: 'fault' });
  expect(textOf(checked)).toContain('127.0.0.53 is a resolver on this machine');
});

test('without any resolver configured that is what is said', async () => {
  const net = await networkWith(WEB, {}, { resolvConf: '# nothing\n' });
  const checked = await check(net.client, 'web.test');
  expectDiagnosis(checked, { code: 'resolver-unreachable', verdict: 'fault' });
  expect(textOf(checked)).toContain('No resolver is configured');
  expect(checked.report.diagnosis.owner).toBe('this-machine');
});

test('a refusal is not told as silence', async () => {
  const net = await chain({ routers: 1, names: { resolvers: [RESOLVER] } });
  const checked = await check(net.client, 'web.test');
  expectDiagnosis(checked, { code: 'resolver-unreachable', verdict: 'fault' });
  expect(textOf(checked)).toContain('ECONNREFUSED');
  expect(textOf(checked)).not.toMatch(/not even an error|Nothing at all/u);
});

test('nsswitch.conf that does not ask DNS: the look-up fails, and no server said that the name is not there', async () => {
  const net = await networkWith(WEB);
  setEtcFile(net.client, 'nsswitch.conf', 'hosts: files\n');
  const checked = await check(net.client, 'web.test:8080');
  expectDiagnosis(checked, { code: 'resolver-failure', verdict: 'fault', confidence: 'likely' });
  expect(checked.report.diagnosis.owner).toBe('this-machine');
  expect(textOf(checked)).toMatch(/names only files/u);
  expect(textOf(checked)).toMatch(/EAI_\w+/u);
  expect(checked.report.diagnosis.nextSteps[0]?.check).toContain('nsswitch.conf');
});

test('an answer that getaddrinfo does not take: two hundred addresses, and TCP ends after one query', async () => {
  const a = Array.from({ length: 200 }, (_, index) => `10.9.1.${index + 10}`);
  const aaaa = Array.from({ length: 200 }, (_, index) => `fd09:0:0:2::${(index + 16).toString(16)}`);
  const net = await networkWith({ 'many.test': { a, aaaa, garbage: 'truncated' } }, { tcp: 'one-query' });
  const checked = await check(net.client, 'many.test');
  expectDiagnosis(checked, { code: 'resolver-failure', verdict: 'fault', confidence: 'likely' });
});

test('five bytes of nonsense before the answer end the look-up of the C library', async () => {
  const net = await networkWith({ 'web.test': { a: [RESOLVER], garbage: 'short-first' } });
  const checked = await check(net.client, 'web.test:8080');
  const { code, confidence } = checked.report.diagnosis;
  expect(code).not.toBe('name-not-found');
  if (code === 'resolver-failure') expect(confidence).toBe('likely');
});

const FLOWS = ['reachability', 'slow', 'name'] as const;

test.each(FLOWS)('the second question from one port is lost: flow %s', async (flow) => {
  const net = await networkWith(WEB, { onceAPortMs: 2000 });
  const checked = await check(net.client, 'web.test:8080', '--flow', flow);
  expectDiagnosis(checked, { code: 'resolver-slow', verdict: 'degraded', confidence: 'certain' });
  expect(checked.report.diagnosis.summary).toMatch(/3 of 3/u);
  expect(textOf(checked)).toMatch(/from one port, (A|AAAA) is lost/u);
});

test.each(FLOWS)('a name that is looked up quickly is healthy: flow %s', async (flow) => {
  const checked = await check((await networkWith(WEB)).client, 'web.test:8080', '--flow', flow);
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
});

test('a dead first resolver makes every look-up slow', async () => {
  const net = await networkWith(WEB, {}, { resolvers: ['10.9.1.77', RESOLVER] });
  const checked = await check(net.client, 'web.test:8080');
  expectDiagnosis(checked, { code: 'resolver-slow', verdict: 'degraded', confidence: 'certain' });
  expect(textOf(checked)).toContain('10.9.1.77 is asked first and never answered');
});

test('a resolver that does not answer for AAAA', async () => {
  const net = await networkWith({ 'web.test': { a: [RESOLVER], silentTypes: ['AAAA'] } });
  const checked = await check(net.client, 'web.test:8080');
  expectDiagnosis(checked, { code: 'resolver-slow', verdict: 'degraded' });
  expect(textOf(checked)).toContain('AAAA');
});

test('a slow look-up does not hide what is broken behind it', async () => {
  const net = await networkWith(WEB, { onceAPortMs: 2000 });
  expectDiagnosis(await check(net.client, 'web.test:81'), {
    code: 'port-closed',
    verdict: 'fault',
    also: ['resolver-slow'],
  });
});
