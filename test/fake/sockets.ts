import type { SocketOwner, SocketRow } from '../../src/domain/socket.ts';

export const owner = (pid: number, process: string, place: Partial<SocketOwner> = {}): SocketOwner => ({
  pid,
  process,
  unit: null,
  container: null,
  ...place,
});

/** A TCP listener of root's sshd on all IPv4 addresses, but for what is given. */
export function socketRow(given: Partial<SocketRow> = {}): SocketRow {
  const owners = given.owners ?? [owner(812, 'sshd', { unit: 'ssh.service' })];
  return {
    protocol: 'tcp',
    family: 4,
    state: 'listen',
    local: { address: '0.0.0.0', port: 22 },
    peer: null,
    interface: null,
    v6Only: null,
    acceptQueue: 0,
    backlog: 128,
    receiveQueue: null,
    sendQueue: null,
    drops: 0,
    uid: 0,
    user: 'root',
    inode: 1001,
    owners,
    noOwner: owners.length > 0 ? null : 'kernel',
    ...given,
  };
}

/** An established connection, but for what is given. */
export function connectionRow(given: Partial<SocketRow> = {}): SocketRow {
  return socketRow({
    state: 'established',
    local: { address: '10.0.0.1', port: 22 },
    peer: { address: '10.0.0.9', port: 50_000 },
    acceptQueue: null,
    backlog: null,
    receiveQueue: 0,
    sendQueue: 0,
    drops: null,
    ...given,
  });
}
