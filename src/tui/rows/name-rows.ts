import type { SessionView } from '../../session/view/view.ts';
import { ms } from '../theme/ms.ts';
import type { Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

const MOST_ADDRESSES = 3;

/** The addresses of the name, and below them what each resolver said. */
export function nameRows({ address, addresses, servers }: SessionView, { plain }: Theme): readonly Row[] {
  const found = addresses.length > 0 ? addresses : address === null ? [] : [address];
  return [
    ...(found.length === 0 ? [] : [[{ text: plain(listed(found)) }]]),
    ...servers.slice(0, MOST_ADDRESSES).map((server): Row => {
      const said = [server.rcode ?? '-', server.ms === null ? '' : ms(server.ms), listed(server.addresses)];
      const text = said.filter((part) => part !== '').join(' ');
      return [
        { text: plain(`${server.address} `), tone: 'dim' },
        { text: plain(text), tone: server.rcode === 'NOERROR' ? 'dim' : 'warn' },
      ];
    }),
  ];
}

function listed(addresses: readonly string[]): string {
  const more = addresses.length > MOST_ADDRESSES ? ` +${addresses.length - MOST_ADDRESSES}` : '';
  return addresses.slice(0, MOST_ADDRESSES).join(', ') + more;
}
