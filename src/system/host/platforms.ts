import { existsSync } from 'node:fs';

const FIREWALL_TOOLS: Readonly<Record<string, readonly string[]>> = {
  ufw: ['/usr/sbin/ufw'],
  firewalld: ['/usr/bin/firewall-cmd'],
  nftables: ['/usr/sbin/nft', '/sbin/nft'],
  iptables: ['/usr/sbin/iptables', '/sbin/iptables'],
};

/** The catalogue's platforms that this machine is one of, the one that manages the firewall first. */
export function detectPlatforms(): readonly string[] {
  switch (process.platform) {
    case 'darwin':
      return ['macos'];
    case 'win32':
      return ['windows'];
    default:
      return [
        ...Object.keys(FIREWALL_TOOLS).filter((name) => FIREWALL_TOOLS[name]?.some((path) => existsSync(path))),
        'linux',
      ];
  }
}
