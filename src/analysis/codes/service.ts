import type { Severity } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { certificateFaults } from '../certificate/faults.ts';
import { matchName } from '../certificate/name.ts';
import type { Context } from '../context.ts';
import { readHttp } from '../http.ts';
import { readMtu } from '../mtu.ts';
import { answeredNearer } from '../nearer.ts';
import { isSlow } from '../service.ts';
import { readTls } from '../tls.ts';
import { NEARER } from './nearer-lookalike.ts';
import { type CodeRules, type From, type Judgement, type Lookalike, NOWHERE } from './rules.ts';

type DateCode = 'tls-certificate-expired' | 'tls-certificate-not-yet-valid';
type CertificateCode = DateCode | 'tls-name-mismatch' | 'tls-untrusted';

/** The service, or what is seen to answer in its place. */
const WHOEVER_ANSWERS = {
  place: answeredNearer,
  owner: (evidence, context) => (answeredNearer(evidence, context) === null ? 'service' : 'path'),
} as const satisfies Pick<CodeRules, 'place' | 'owner'>;

/** What a certificate shows: the service would serve whoever does not look at it, or looks otherwise. */
const ofCertificate = (code: CertificateCode, lookalike: Omit<Lookalike, 'code'>) =>
  ({
    ...WHOEVER_ANSWERS,
    observed: (evidence: Evidence): Severity | null => (faultsOf(evidence).includes(code) ? 'fault' : null),
    judge: judgeTls(false),
    lookalikes: [{ code: 'port-open', ...lookalike }, NEARER],
  }) satisfies CodeRules;

const ofDate = (code: DateCode) =>
  ofCertificate(code, {
    // A date is wrong by this machine's clock; the server's own contradicts where it would not be.
    fits: (evidence) => (serverAgrees(code, evidence) === false ? 'as-well' : 'less'),
    excluded: (evidence) => serverAgrees(code, evidence) === true,
  });

export const SERVICE_CODES = {
  'tls-handshake-failed': {
    place: NOWHERE,
    owner: () => 'service',
    observed: (evidence) => {
      const outcome = evidence.tls?.cutShort ? 'not-asked' : readTls(evidence.tls).outcome;
      return outcome === 'failed' || outcome === 'stalled' || outcome === 'silent' ? 'fault' : null;
    },
    judge: judgeTls(true),
    lookalikes: (['path-mtu-blackhole', 'connection-dropped', 'firewall-blocks-port', 'packet-loss'] as const).map(
      (code) => ({ code, fits: 'less', excluded: serverSaidWhy }),
    ),
  },
  'tls-certificate-expired': ofDate('tls-certificate-expired'),
  'tls-certificate-not-yet-valid': ofDate('tls-certificate-not-yet-valid'),
  'tls-name-mismatch': ofCertificate('tls-name-mismatch', {
    fits: 'less',
    // Old clients still take the common name.
    excluded: ({ tls }) => {
      const own = tls?.certificates[0];
      return Boolean(tls && own) && !(tls && own && matchName(own, tls.serverName, tls.address) === 'common-name');
    },
  }),
  'tls-untrusted': ofCertificate('tls-untrusted', {
    fits: 'less',
    // Other programs of this machine may trust other authorities than those that come with Node.
    excluded: ({ tls }) => tls !== undefined && tls.trustStore !== 'node',
  }),
  'http-error': {
    ...WHOEVER_ANSWERS,
    observed: observedHttp,
    judge: judgeHttp,
    lookalikes: [
      ...(['path-mtu-blackhole', 'connection-dropped'] as const).map(
        (code): Lookalike => ({ code, fits: 'less', excluded: ({ http }) => http?.state === 'answered' }),
      ),
      NEARER,
    ],
  },
  'service-silent': {
    place: NOWHERE,
    owner: () => 'service',
    observed: (evidence, context) => (isSilent(evidence, context) ? 'fault' : null),
    judge: judgeAnswer,
    lookalikes: [
      // Nobody can wait for ever.
      { code: 'service-slow', fits: 'less', excluded: () => false },
      {
        code: 'packet-loss',
        fits: (evidence) => (isAcknowledged(evidence) ? 'less' : 'as-well'),
        excluded: isAcknowledged,
      },
      { code: 'path-mtu-blackhole', fits: 'less', excluded: largePacketsPass },
    ],
  },
  'service-slow': {
    place: NOWHERE,
    owner: () => 'service',
    observed: (evidence, { thresholds }) => (isSlow(evidence, thresholds) ? 'warning' : null),
    judge: (evidence, { thresholds }) => {
      const state = (evidence.http ?? evidence.tls)?.state;
      const isAnswered = state === 'answered' || state === 'established';
      return isAnswered && !isSlow(evidence, thresholds) ? 'ruled-out' : null;
    },
    lookalikes: [
      { code: 'high-latency', fits: 'less', excluded: isNear },
      { code: 'packet-loss', fits: 'less', excluded: losesNothing },
    ],
  },
} as const satisfies Record<string, CodeRules>;

function faultsOf({ tls }: Evidence): readonly string[] {
  if (tls === undefined || tls.cutShort || tls.afterwards === 'alert') return [];
  return certificateFaults(tls).map(({ code }) => code);
}

/** Whether the certificate's date is wrong by the server's own clock as well; null where it did not give its time. */
function serverAgrees(code: DateCode, { tls, http }: Evidence): boolean | null {
  const fault = tls && certificateFaults(tls).find((found) => found.code === code);
  const theirsMs = Date.parse(http?.headers?.date ?? '');
  if (fault === undefined || Number.isNaN(theirsMs)) return null;
  const { validFrom, validTo } = fault.certificate;
  return code === 'tls-certificate-expired'
    ? theirsMs > Date.parse(validTo ?? '')
    : theirsMs < Date.parse(validFrom ?? '');
}

function serverSaidWhy({ tls }: Evidence): boolean {
  return Boolean(tls?.alert) || tls?.state === 'not-tls';
}

function judgeTls(isOfHandshake: boolean): From<Judgement> {
  return ({ tls }) => {
    if (tls === undefined || tls.cutShort) return null;
    if (tls.state === null) return 'not-permitted';
    if (tls.state === 'established') return 'ruled-out';
    return isOfHandshake ? null : 'not-answered';
  };
}

function observedHttp({ http }: Evidence, { thresholds }: Context): Severity | null {
  const outcome = http?.cutShort ? 'not-asked' : readHttp(http, thresholds).outcome;
  switch (outcome) {
    case 'client-error':
      return 'info';
    case 'server-error':
    case 'redirect-loop':
    case 'failed':
      return 'warning';
    case 'slow':
      return (http?.status ?? 0) >= 400 ? 'info' : null;
    case 'unacknowledged':
    case 'silent':
    case 'dropped':
    case 'ok':
    case 'not-asked':
    case 'unavailable':
      return null;
  }
}

function judgeHttp({ tls, http }: Evidence, { thresholds }: Context): Judgement {
  switch (readHttp(http, thresholds).outcome) {
    case 'ok':
      return 'ruled-out';
    case 'slow':
      return (http?.status ?? 0) >= 400 ? null : 'ruled-out';
    case 'unavailable':
      return 'not-permitted';
    case 'not-asked':
      return tls?.state === null ? 'not-permitted' : null;
    case 'unacknowledged':
    case 'silent':
      return 'not-answered';
    case 'client-error':
    case 'server-error':
    case 'redirect-loop':
    case 'failed':
    case 'dropped':
      return null;
  }
}

/** Whether the program behind the port said anything of its own: to a request, or to a greeting where none was made. */
function judgeAnswer({ tls, http }: Evidence): Judgement {
  const last = http ?? tls;
  if (last === undefined || last.cutShort) return null;
  if (last.state === null) return 'not-permitted';
  return last.receivedBytes > 0 && last.state !== 'silent' ? 'ruled-out' : null;
}

function isSilent({ tls, http }: Evidence, { thresholds }: Context): boolean {
  const isCut = tls?.cutShort === true || http?.cutShort === true;
  return !isCut && (readTls(tls).outcome === 'silent' || readHttp(http, thresholds).outcome === 'silent');
}

/** Whether the peer's kernel had acknowledged all that was sent. */
function isAcknowledged({ tls, http }: Evidence): boolean {
  return (http ?? tls)?.acknowledged === true;
}

function largePacketsPass(evidence: Evidence): boolean {
  const { outcome } = readMtu(evidence);
  return outcome === 'ok' || outcome === 'reduced';
}

/** Nothing was lost of what was sent beside it, so that it did not wait for a packet that came again. */
function losesNothing({ ping }: Evidence): boolean {
  return ping !== undefined && ping.sent > 1 && ping.received === ping.sent;
}

/** A round trip that is no tenth of what was waited does not make an answer late. */
function isNear({ ping, tls, http }: Evidence): boolean {
  const waitedMs = Math.max(http?.firstByteMs ?? http?.answerMs ?? 0, tls?.firstByteMs ?? 0);
  return ping?.rttMs != null && ping.rttMs.max * 10 < waitedMs;
}
