import type { Reading } from '../domain/reading.ts';
import type { ResolveEvidence } from '../evidence/resolve.ts';
import { isSinkholed } from './name/sinkhole.ts';

/** What the lookup of the name means. */
export function readResolve(evidence: ResolveEvidence): Reading<'resolve'> {
  const { status, servers } = evidence;
  switch (status) {
    case 'ok':
      return { outcome: isSinkholed(evidence) ? 'sinkholed' : 'ok', where: null, confidence: 'certain' };
    case 'literal':
    case 'no-address':
      return { outcome: status, where: null, confidence: 'certain' };
    case 'not-found': {
      // DNS knows the name and programs of this machine do not: something other than DNS decides here (nsswitch.conf(5)).
      const contradicted = servers.some(({ addresses }) => addresses.length > 0);
      return { outcome: 'not-found', where: null, confidence: contradicted ? 'likely' : 'certain' };
    }
    case 'server-failure': {
      const failing = servers.find(({ rcode }) => rcode !== null);
      return { outcome: status, where: { hop: null, address: failing?.address ?? null }, confidence: 'certain' };
    }
    case 'timeout':
      return readSilence(evidence);
  }
}

/** Nobody answered: this machine's firewall kept the question in, or it went out and came to nothing. */
function readSilence({ servers }: ResolveEvidence): Reading<'resolve'> {
  if (servers.some(({ error }) => error === 'EPERM' || error === 'EACCES')) {
    return { outcome: 'blocked', where: { hop: 0, address: null }, confidence: 'certain' };
  }
  const askedEnough = servers.every(({ sent, error }) => sent >= 2 || error !== null);
  const garbage = servers.some(({ error }) => error === 'malformed');
  return { outcome: 'timeout', where: null, confidence: askedEnough && !garbage ? 'certain' : 'likely' };
}
