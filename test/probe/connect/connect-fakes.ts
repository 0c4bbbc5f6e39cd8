import { setMaxListeners } from 'node:events';
import type { ConnectAttempt } from '../../../src/domain/evidence.ts';
import type { Clock, Connector, ConnectRequest } from '../../../src/domain/ports.ts';
import type { Answer, Probe, Prober } from '../../../src/domain/prober.ts';

export type Behaviour = Partial<ConnectAttempt> & { readonly state: ConnectAttempt['state'] };

/** A connector whose attempts take `ms` of the clock (silence: the whole time-out) and end as `behave` says. */
export function fakeConnector(clock: Clock, behave: (request: ConnectRequest) => Behaviour) {
  const requests: ConnectRequest[] = [];
  const connector: Connector = {
    icmpSeen: true,
    connect: async (request, signal) => {
      setMaxListeners(0, signal);
      requests.push(request);
      const behaviour = behave(request);
      const ms = behaviour.state === 'filtered' ? request.timeoutMs : (behaviour.ms ?? 1);
      const startedMs = clock.nowMs();
      await clock.sleep(ms, signal);
      const { address, port, protocol } = request;
      const nothing = { address, port, protocol, error: null, icmp: null, dropped: null };
      if (signal.aborted) return { ...nothing, state: 'filtered', ms: clock.nowMs() - startedMs };
      return { ...nothing, ...behaviour, ms };
    },
  };
  return { connector, requests };
}

/** A prober that answers every probe with the same, at once. */
export function fakeProber(answer: Answer, lacks: Prober['lacks'] = {}) {
  const sent: Probe[] = [];
  const prober: Prober = {
    method: 'raw',
    lacks,
    send: async (probe) => {
      sent.push(probe);
      return answer;
    },
    watch: () => () => {},
    close: () => {},
  };
  return { prober, sent };
}
