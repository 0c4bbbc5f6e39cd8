import type { IpAddress } from '../../domain/address.ts';
import { addressesInHostsFile } from '../dns/hosts-file.ts';
import { ownAddresses } from './addresses.ts';
import { ADDRESSES_SCRIPT, sectionsOf } from './sockets-script.ts';

/** What is asked of a vantage before anything is measured from it. Every line only reads. */
export const INTRODUCTION_SCRIPT = `${ADDRESSES_SCRIPT}
part tools; for name in python3 bash timeout nc ip getent; do if has $name; then echo $name; fi; done
part hosts; if [ -r /etc/hosts ]; then lines </etc/hosts; fi
part end`;

/** What a vantage said of itself. */
export type Introduction = {
  readonly owns: (address: IpAddress) => boolean;
  readonly hasTool: (name: string) => boolean;
  readonly hostsFile: (host: string) => readonly IpAddress[];
};

export function readIntroduction(output: string): Introduction {
  const sections = sectionsOf(output);
  const owns = ownAddresses(output);
  const tools = new Set((sections.get('tools') ?? '').split('\n'));
  return {
    owns: (address) => owns(address) === true,
    hasTool: (name) => tools.has(name),
    hostsFile: (host) => addressesInHostsFile(sections.get('hosts') ?? '', host),
  };
}
