import type { IpAddress } from '../../domain/address.ts';
import type { ServerAnswer } from '../../domain/evidence.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';
import { isNobodyElses } from './sinkhole.ts';

/** The sources of nsswitch.conf(5) that ask DNS: glibc itself, and systemd-resolved. */
const ASKS_DNS: ReadonlySet<string> = new Set(['dns', 'resolve']);

/** A look-up of this machine that fails while the resolvers know the name. */
export type OwnFailure = {
  /** getaddrinfo's. */
  readonly error: string;
  /** The sources that are asked, where DNS is none of them; else null. */
  readonly sourcesWithoutDns: readonly string[] | null;
  /** Who knows the name. */
  readonly knowing: readonly IpAddress[];
};

/** null where the look-up did not fail, or no resolver knows the name. */
export function ownFailure({ status, system = [], servers, setup }: ResolveEvidence): OwnFailure | null {
  const knowing = servers.filter(({ addresses }) => addresses.length > 0).map(({ address }) => address);
  const [first] = system;
  if (status !== 'server-failure' || knowing.length === 0 || first?.error == null) return null;
  const sources = setup?.nsswitch ?? null;
  const isWithout = sources !== null && !sources.some((source) => ASKS_DNS.has(source));
  return { error: first.error, sourcesWithoutDns: isWithout ? sources : null, knowing };
}

/** The resolver whose answer was cut, and which gives no whole one. */
export function cuttingServer({ servers }: ResolveEvidence): ServerAnswer | null {
  return servers.find(({ truncated, rcode }) => truncated === true && rcode === null) ?? null;
}

/** The resolver that answered with a failure, neither NOERROR nor NXDOMAIN. */
export function failingServer({ servers }: ResolveEvidence): ServerAnswer | null {
  return servers.find(({ rcode }) => rcode !== null && rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') ?? null;
}

/** A resolver on this machine passes its questions on: whom to is what has to be asked. */
export function isStub({ address }: ServerAnswer): boolean {
  return isNobodyElses(address);
}
