import type { ConclusionCode, FindingCode } from '../../domain/finding-code.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { Labels } from '../labels.ts';

/** Of these the place is the last hop that let something pass: the cause sits there, when it forwards, or one further. */
const BEHIND: ReadonlySet<ConclusionCode> = new Set<ConclusionCode>([
  'port-filtered',
  'firewall-blocks-port',
  'udp-open-or-filtered',
  'path-blackhole',
  'path-mtu-blackhole',
] satisfies FindingCode[]);

export function isBehindPlace(code: ConclusionCode): boolean {
  return BEHIND.has(code);
}

/** Who has to act, by name where one was measured. */
export function ownerWords({ diagnosis, target, evidence }: Report, { who }: Labels): string {
  const { owner, where, code } = diagnosis;
  switch (owner) {
    case 'this-machine':
      return who.thisMachine;
    case 'target':
      return who.target(target.host);
    case 'service':
      return who.service(target.host);
    case 'resolver':
      return who.resolver((evidence.resolve?.servers ?? []).map(({ address }) => address).join(', '));
    case 'path':
      return where?.address == null ? who.path : who.pathAt(where.address, isBehindPlace(code) && where.hop !== 0);
    case 'nobody':
      return who.nobody;
    case 'unknown':
      return who.unknown;
  }
}
