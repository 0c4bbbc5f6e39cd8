import { echoedAddresses } from '../../analysis/read.ts';
import { isProofOfLife } from '../../domain/proof-of-life.ts';
import { type ConnectEvidence, connectCommand } from '../../evidence/connect.ts';
import { alive } from '../../probe/connect/alive.ts';
import type { TaskContext } from './context.ts';
import { ALIVE_TIMEOUT_MS, HIGH_PORTS } from './pace.ts';

/** Asks other ports of a host that answers no echo whether it is up. */
export async function aliveTask(context: TaskContext): Promise<void> {
  const { target, ports, signal, known, signs, record } = context;
  const { clock } = ports;
  const address = await context.chosen();
  if (address === null) return;
  if (known.firstErrorFrom !== null) await context.job('trace');
  const addresses =
    target.port === null
      ? (await signs.addressesKnown.promise).filter((each) => !echoedAddresses(known.evidence).includes(each))
      : [address];
  const highPort = HIGH_PORTS.first + Math.floor(ports.random() * HIGH_PORTS.count);
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  known.aliveAttempts = await alive(
    { addresses, askedPort: target.port, highPort, timeoutMs: ALIVE_TIMEOUT_MS },
    ports,
    signal,
    (event) => {
      context.progress('alive', event);
      if (event.kind !== 'attempt' || event.attempt.address !== address) return;
      if (isProofOfLife(event.attempt)) signs.isUp.resolve({ rttMs: event.attempt.ms });
    },
  );
  const connected: ConnectEvidence = known.evidence.connect ?? {
    startedAt,
    durationMs: Math.round(clock.nowMs() - startedMs),
    equivalent: connectCommand({ address, port: 443, protocol: 'tcp', timeoutMs: ALIVE_TIMEOUT_MS }),
    icmpSeen: ports.connector.icmpSeen,
    sideError: null,
    attempts: [],
  };
  if (target.port !== null && known.evidence.connect === undefined) return; // the asked port adds them when it is done
  record({ connect: { ...connected, attempts: [...connected.attempts, ...known.aliveAttempts] } });
}
