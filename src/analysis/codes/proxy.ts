import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { readHttp } from '../http.ts';
import { readProxy } from '../proxy.ts';
import { readTls } from '../tls.ts';
import { type CodeRules, NOT_JUDGED } from './rules.ts';

export const PROXY_CODES = {
  'proxy-configured': {
    place: here,
    owner: () => 'this-machine',
    observed: (evidence, context) => {
      if (evidence.proxy === undefined || evidence.proxy.cutShort || readProxy(evidence).outcome === 'fails')
        return null;
      const { outcome } = readProxy(evidence);
      return outcome === 'passes' && worksDirectly(evidence, context) === false ? 'warning' : 'info';
    },
    judge: NOT_JUDGED,
    lookalikes: [],
  },
  'proxy-fails': {
    place: here,
    owner: () => 'this-machine',
    observed: (evidence) => (readProxy(evidence).outcome === 'fails' && !evidence.proxy?.cutShort ? 'warning' : null),
    judge: (evidence) => (readProxy(evidence).outcome === 'passes' ? 'ruled-out' : null),
    lookalikes: [],
  },
} as const satisfies Record<string, CodeRules>;

/** The variable is read on this machine. */
function here({ route }: Evidence) {
  return { hop: 0, address: route?.source ?? null };
}

/** Whether what was asked for is had without the proxy; null where nobody could see. */
function worksDirectly({ tls, http, connect }: Evidence, { target, thresholds }: Context): boolean | null {
  const { outcome } = readHttp(http, thresholds);
  if (outcome === 'ok' || outcome === 'client-error' || outcome === 'slow') return true;
  const asked = connect?.attempts.filter(({ port }) => port === target.port) ?? [];
  if (asked.length > 0 && asked.every(({ state }) => state !== 'open')) return false;
  const handshake = readTls(tls).outcome;
  return outcome === 'unavailable' || (outcome === 'not-asked' && handshake === 'ok') ? null : false;
}
