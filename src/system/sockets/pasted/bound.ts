import type { Family, IpAddress } from '../../../domain/address.ts';
import type { Listener } from '../../../domain/evidence.ts';
import { canonicalAddress } from '../../host/interfaces/machine-address.ts';

export type Transport = 'tcp' | 'udp';

/** The port that a number or a service name stands for, null for neither. */
export type PortReader = (text: string, transport: Transport) => number | null;

/** What a row of a pasted table tells of a listener; `other`: a socket that does not listen; null: no row. */
export type PastedRow = Listener | 'other' | null;

type Bound = Pick<Listener, 'family' | 'address' | 'port'>;

const ALL: Readonly<Record<Family, IpAddress>> = { 4: '0.0.0.0', 6: '::' };
const LOCALHOST: Readonly<Record<Family, IpAddress>> = { 4: '127.0.0.1', 6: '::1' };

/**
 * Where a socket is bound, from the address and the port as a tool wrote them; null where either cannot be read. `family`
 * is what the row says of it, null where it says nothing.
 */
export function boundTo(
  addressText: string,
  portText: string,
  family: Family | null,
  transport: Transport,
  portOf: PortReader,
): Bound | null {
  const port = portOf(portText, transport);
  if (port === null) return null;
  const text = addressText.replace(/^\[(.*)\](%.+)?$/, '$1$2');
  if (text === '*') return { family: family ?? 4, address: ALL[family ?? 4], port };
  if (/^(?:ip6-)?localhost$/.test(text)) {
    const of = family ?? (text === 'localhost' ? 4 : 6);
    return { family: of, address: LOCALHOST[of], port };
  }
  const address = canonicalAddress(text) ?? canonicalAddress(text.replace(/%.*$/, ''));
  return address === null ? null : { family: address.includes(':') ? 6 : 4, address, port };
}

/** A listener of which nothing but its place is known. */
export function listenerAt(transport: Transport, bound: Bound): Listener {
  return { protocol: transport, ...bound, v6Only: null, process: null, pid: null, acceptQueue: null, backlog: null };
}

/** What a tool says of the process; null for its words for nobody. */
export function ownerOf(pid: string | undefined, name: string | undefined): Pick<Listener, 'process' | 'pid'> {
  return {
    pid: pid !== undefined && /^\d{1,10}$/.test(pid) ? Number(pid) : null,
    process: name === undefined || name === '' || name === '-' ? null : name.slice(0, 64),
  };
}
