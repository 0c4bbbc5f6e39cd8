import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { SessionView } from '../session/view.ts';
import { echoStrip } from './echo-strip.ts';
import { printable } from './printable.ts';
import { useTheme } from './theme.tsx';

/** The engines at work: name servers, echoes, hops and connection attempts as they come in. */
export function Engine({
  view,
  columns,
  height,
}: {
  readonly view: SessionView;
  readonly columns: number;
  readonly height: number;
}): ReactNode {
  const { words, glyphs, colour } = useTheme();
  const answered = view.echoes.flatMap(({ rttMs }) => (rttMs === null ? [] : [rttMs]));
  const last = answered[answered.length - 1];
  const rows: ReactNode[] = [
    view.address !== null && (
      <Text
        key="name"
        wrap="truncate-end"
      >{`${words.names}: ${printable(view.addresses.join(', ') || view.address)}`}</Text>
    ),
    ...view.servers.map(({ address, rcode, ms }) => (
      <Text
        key={`server ${address}`}
        dimColor
        wrap="truncate-end"
      >{`  ${printable(address)} ${rcode ?? '-'} ${ms === null ? '' : `${ms.toFixed(1)} ms`}`}</Text>
    )),
    view.echoes.length > 0 && (
      <Text key="echo" wrap="truncate-end">
        {`${words.echoes} ${answered.length}/${view.echoes.length} `}
        <Text {...colour('green')}>{echoStrip(view.echoes, columns - 26, glyphs)}</Text>
        {last === undefined ? '' : ` ${last.toFixed(1)} ms`}
      </Text>
    ),
    ...view.attempts.map(({ address, port, protocol, state, ms }) => (
      <Text key={`attempt ${address} ${protocol} ${port}`} wrap="truncate-end">
        {`${words.ports} ${protocol} ${port} `}
        <Text {...(state === 'open' ? colour('green') : colour('red'))}>{state}</Text>
        {` ${ms.toFixed(1)} ms  ${printable(address)}`}
      </Text>
    )),
    view.hops.length > 0 && (
      <Text key="path" bold>
        {words.path}
      </Text>
    ),
    ...view.hops.map(({ ttl, addresses, rttsMs }) => (
      <Text
        key={`hop ${ttl}`}
        wrap="truncate-end"
      >{`${String(ttl).padStart(2)} ${printable(addresses.join(', '))}  ${(rttsMs[rttsMs.length - 1] ?? 0).toFixed(1)} ms`}</Text>
    )),
  ].filter((row) => row !== false);
  return <Box flexDirection="column">{rows.slice(-Math.max(1, height))}</Box>;
}
