import type { IpAddress } from '../../domain/address.ts';
import type { Reading } from '../../domain/reading.ts';
import type { TraceRemark } from '../../domain/trace-remark.ts';
import type { TraceEvidence, TraceProtocol } from '../../evidence/trace.ts';
import type { TraceRow } from '../../evidence/trace-row.ts';

/** What a trace that is over (or a round of one that goes on) comes to. */
export type TraceVerdict = {
  readonly trace: TraceEvidence;
  readonly reading: Reading<'trace'>;
  readonly remarks: readonly TraceRemark[];
  /** errno name with which the kernel refuses the way, else null. */
  readonly routeError: string | null;
};

export type TraceView = {
  /** As typed. */
  readonly host: string;
  readonly address: IpAddress;
  readonly protocol: TraceProtocol;
  /** null: ICMP, or the port of old. */
  readonly port: number | null;
  readonly rows: readonly TraceRow[];
  /** By address; not yet fit to print. */
  readonly names: ReadonlyMap<IpAddress, string>;
  /** null while it runs. */
  readonly verdict: TraceVerdict | null;
};
