import type { WatchRequest } from '../domain/witness.ts';

type CaptureRequest = Pick<WatchRequest, 'watched' | 'family'>;

/** More than this are not captured. */
export const MOST_PACKETS = 4000;

/** For tcpdump(8): packets that open, answer or refuse. `tcp[…]` reads IPv4 alone (pcap-filter(7)). */
function pcapFilter({ watched, family }: CaptureRequest): string {
  switch (watched.protocol) {
    case 'tcp': {
      const flags = family === 4 ? 'tcp[13]&6!=0' : 'ip6[53]&6!=0';
      return `${family === 4 ? 'ip' : 'ip6'} and tcp port ${watched.port} and ${flags}`;
    }
    case 'udp':
      return `${family === 4 ? 'ip' : 'ip6'} and udp port ${watched.port}`;
    case 'icmp':
      return family === 4 ? 'icmp[0]=8 or icmp[0]=0' : 'ip6[40]=128 or ip6[40]=129';
  }
}

/** Words for tcpdump(8). */
export function tcpdumpArguments(request: CaptureRequest): readonly string[] {
  const quick = request.watched.protocol === 'udp' ? ['-q'] : [];
  return ['-i', 'any', '-n', '-l', ...quick, '-s', '128', '-c', String(MOST_PACKETS), pcapFilter(request)];
}
