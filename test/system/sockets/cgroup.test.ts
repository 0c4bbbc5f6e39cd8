import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeInCgroups } from '../../../src/system/sockets/cgroup.ts';

const ID = '0123456789ab'.padEnd(64, 'c');

test.each([
  ['systemd', '0::/system.slice/ssh.service\n', 'ssh.service', null],
  [
    'an instance',
    '0::/system.slice/system-postgresql.slice/postgresql@15-main.service',
    'postgresql@15-main.service',
    null,
  ],
  ["a user's", '0::/user.slice/user-1000.slice/user@1000.service/app.slice/app.service', 'app.service', null],
  ['a login', '0::/user.slice/user-0.slice/session-3.scope', 'session-3.scope', null],
  ['escaped', '0::/system.slice/my\\x2dthing.service', 'my-thing.service', null],
  ['docker', `0::/system.slice/docker-${ID}.scope`, `docker-${ID}.scope`, 'docker 0123456789ab'],
  ['docker without systemd', `12:pids:/docker/${ID}\n1:name=systemd:/docker/${ID}`, null, 'docker 0123456789ab'],
  [
    'kubernetes',
    `0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/cri-containerd-${ID}.scope`,
    `cri-containerd-${ID}.scope`,
    'containerd 0123456789ab',
  ],
  ['kubernetes without systemd', `0::/kubepods/besteffort/pod1-2/${ID}`, null, 'kubernetes 0123456789ab'],
  ['podman', `0::/machine.slice/libpod-${ID}.scope/container`, `libpod-${ID}.scope`, 'podman 0123456789ab'],
  ['lxc', '0::/lxc.payload.web/system.slice/nginx.service', 'nginx.service', 'lxc web'],
  ['nspawn', '0::/machine.slice/machine-db\\x2d1.scope/payload', 'machine-db-1.scope', 'nspawn db-1'],
  ['nothing', '0::/\n', null, null],
  ['a container that sees itself as the root', '0::/\n1:cpu:/\n', null, null],
  ['no such file', '', null, null],
])('%s', (_, text, unit, container) => {
  expect(placeInCgroups(text)).toEqual({ unit, container });
});

test('text of any kind never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void placeInCgroups(text)));
  fc.assert(fc.property(fc.array(fc.string()), (parts) => void placeInCgroups(`0::/${parts.join('/')}`)));
});
