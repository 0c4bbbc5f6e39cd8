import { bindScopeOf } from '../../domain/bind-scope.ts';
import type { SocketEnd, SocketOwner, SocketRow } from '../../domain/socket.ts';
import { printable } from '../../text/printable.ts';
import type { PortsWords } from './words.ts';

/** `10.0.0.1:22`, `[::1]:22`, `0.0.0.0%eth0:67`; never cut. `device`: what the socket is bound to beside the address. */
export function endText({ address, port }: SocketEnd, device: string | null = null): string {
  const whole = device === null || address.includes('%') ? address : `${address}%${device}`;
  const text = printable(whole);
  return address.includes(':') ? `[${text}]:${port}` : `${text}:${port}`;
}

/** From where a listener can be reached, in words. */
export function scopeText(row: SocketRow, words: PortsWords): string {
  const scope = bindScopeOf(row.local.address);
  const text = scope === 'all' ? words.all[allOf(row)] : words.scopes[scope];
  return row.interface === null || scope === 'link-local' ? text : `${text} ${words.through(printable(row.interface))}`;
}

function allOf({ family, v6Only }: SocketRow): keyof PortsWords['all'] {
  if (family === 4) return 'ipv4';
  if (v6Only === null) return 'ipv6-unknown';
  return v6Only ? 'ipv6-only' : 'both';
}

export function stateText({ protocol, state }: SocketRow, words: PortsWords): string {
  return protocol === 'udp' && state === 'established' ? words.connected : words.states[state];
}

/** The names of all processes that hold the socket, each once. */
export function processText({ owners }: SocketRow): string {
  return distinct(owners, ({ process }) => process).join(', ');
}

/** The lowest pid, and how many others there are. */
export function pidText({ owners }: SocketRow): string {
  const [first, ...others] = owners;
  if (first === undefined) return '';
  return others.length === 0 ? `${first.pid}` : `${first.pid} +${others.length}`;
}

export function userText({ user, uid }: SocketRow): string {
  return user === null ? (uid === null ? '' : `${uid}`) : printable(user);
}

/** The containers of the processes; where they are in none, their units. */
export function placeText({ owners }: SocketRow): string {
  const containers = distinct(owners, ({ container }) => container);
  return (containers.length > 0 ? containers : distinct(owners, ({ unit }) => unit)).join(', ');
}

export function queueText({ acceptQueue, backlog }: SocketRow): string {
  if (acceptQueue === null) return '';
  return backlog === null ? `${acceptQueue}` : `${acceptQueue}/${backlog}`;
}

/** 0 says nothing that a blank does not. */
export function countText(count: number | null): string {
  return count === null || count === 0 ? '' : `${count}`;
}

function distinct(owners: readonly SocketOwner[], pick: (owner: SocketOwner) => string | null): readonly string[] {
  const found = owners.map(pick).filter((each) => each !== null);
  return (found.length > 1 ? [...new Set(found)] : found).map(printable);
}
