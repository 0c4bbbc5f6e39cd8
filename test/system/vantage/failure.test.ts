import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FarVantage } from '../../../src/domain/vantage.ts';
import { hintOf } from '../../../src/evidence/obstacles/describe.ts';
import { explainEnd } from '../../../src/system/vantage/failure.ts';

const SSH: FarVantage = { kind: 'ssh', user: 'ann', host: 'app2', port: null };
const DOCKER: FarVantage = { kind: 'docker', container: 'web' };
const KUBECTL: FarVantage = { kind: 'kubectl', namespace: null, pod: 'web-0', container: null };

const ended = (said: string, exitCode: number | null) => ({ kind: 'ended', said, exitCode }) as const;

test.each([
  [SSH, 255, 'ssh: Could not resolve hostname app2: Name or service not known', 'not-answered', /cannot resolve/],
  [SSH, 255, 'ssh: connect to host app2 port 22: Connection timed out', 'not-answered', /timed out/],
  [SSH, 255, 'ssh: connect to host app2 port 22: No route to host', 'not-answered', /no way to/],
  [SSH, 255, 'kex_exchange_identification: Connection closed by remote host', 'not-answered', /closed the ssh/],
  [SSH, 255, 'ann@app2: Permission denied (publickey).', 'not-permitted', /did not accept your key/],
  [SSH, 255, 'Unable to negotiate with 10.0.0.5 port 22: no matching host key type', 'not-supported', /no algorithm/],
  [SSH, 255, '/home/ann/.ssh/config: line 3: Bad configuration option: foo', 'not-supported', /ssh_config/],
  [SSH, 1, 'Permission denied', 'not-answered', /exit code 1: Permission denied/],
  [SSH, 127, 'bash: sh: command not found', 'not-supported', /no POSIX shell/],
  [SSH, null, '\u001b[31mred\u0007\n', 'not-answered', /^ssh to ann@app2 ended with a signal: \[31mred\.$/],
  [DOCKER, 1, 'Error response from daemon: container 1 is not running', 'not-answered', /is not running/],
  [
    DOCKER,
    1,
    'permission denied while trying to connect to the Docker daemon socket',
    'not-permitted',
    /may not use docker/,
  ],
  [
    DOCKER,
    1,
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
    'not-answered',
    /daemon does not answer/,
  ],
  [KUBECTL, 1, 'error: You must be logged in to the server (Unauthorized)', 'not-permitted', /not logged in/],
  [KUBECTL, 1, 'The connection to the server localhost:8080 was refused', 'not-answered', /cluster does not answer/],
  [KUBECTL, 1, 'Error from server (Forbidden): pods "web-0" is forbidden', 'not-permitted', /does not let you/],
  [KUBECTL, 1, 'error: container nginx is not valid for pod web-0', 'not-answered', /no such container/],
] as const)('%j, exit %s: %s', (vantage, exitCode, said, reason, hint) => {
  const unavailable = explainEnd(ended(said, exitCode), vantage);
  expect(unavailable.reason).toBe(reason);
  expect(hintOf(unavailable, 'en')).toMatch(hint);
});

test('whatever was said, the hint is one short line that a terminal can only show', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom(SSH, DOCKER, KUBECTL),
      (said, vantage) => {
        expect(hintOf(explainEnd(ended(said, 1), vantage), 'en')).toMatch(/^[\x20-\x7e]{1,400}$/);
      },
    ),
  );
});
