import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { setEtcFile, start } from './exec.ts';
import type { Namespace } from './namespaces.ts';
import { withoutTools } from './user.ts';

export type SshdOptions = {
  /** The only programs on PATH over there; all of the machine's where nothing is given. */
  readonly tools?: readonly string[];
  /** Programs that are nowhere over there: those of the system's folders are found without PATH. */
  readonly absent?: readonly string[];
  /** What the client knows the host key to be: the right one, none, or another one. */
  readonly known?: 'right' | 'none' | 'changed';
  /** Whether the server accepts the client's key. */
  readonly accepts?: boolean;
  /** Further lines of sshd_config(5). */
  readonly config?: readonly string[];
};

/** A constant, as nothing of this package brings it. */
const SSH_KEYGEN: string = 'ssh-keygen';

/** Programs that any far side has; neither ss nor netstat is among them. */
export const BARE_TOOLS = ['sh', 'cat', 'grep', 'ls', 'uname'] as const;

/**
 * Debian's sshd on port 22 of `server`, and `client` as a user whose ssh reaches it as `ssh://far` with a key made for
 * the test. Both have a home of their own: the machine's ~/.ssh and its sshd are not touched.
 */
export async function startSshd(
  client: Namespace,
  server: Namespace,
  address: string,
  options: SshdOptions = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-sshd-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['host', 'other', 'user', 'stranger']) {
    execFileSync(SSH_KEYGEN, ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder, name)]);
  }
  const publicKey = (name: string) => readFileSync(join(folder, `${name}.pub`), 'utf8');
  writeFileSync(join(folder, 'authorized_keys'), publicKey(options.accepts === false ? 'stranger' : 'user'));
  const path = options.tools === undefined ? [] : [`SetEnv PATH=${linkTools(folder, options.tools)}`];
  writeFileSync(
    join(folder, 'sshd_config'),
    [
      'Port 22',
      `HostKey ${join(folder, 'host')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin yes',
      'StrictModes no',
      'UsePAM no',
      'UseDNS no',
      'PidFile none',
      ...path,
      ...(options.config ?? []),
      '',
    ].join('\n'),
  );
  writeClient(folder, address, options.known ?? 'right', publicKey);
  setEtcFile(client, 'passwd', passwd(folder));
  setEtcFile(server, 'passwd', passwd(folder));
  const sshd = ['sh', '-ec', START, 'sh', join(folder, 'sshd_config')];
  await listening(start(server, withoutTools(options.absent ?? [], sshd)));
}

// sshd wants this folder below /run, which is the machine's: it gets a /run of its own.
const START = 'mount -t tmpfs tmpfs /run; mkdir /run/sshd; exec /usr/sbin/sshd -D -e -f "$1"';

async function listening(child: ReturnType<typeof start>): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`sshd ended: ${said}`)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Server listening on ::')) resolve();
    });
  });
  child.removeAllListeners('exit');
}

function writeClient(
  folder: string,
  address: string,
  known: 'right' | 'none' | 'changed',
  publicKey: (name: string) => string,
): void {
  mkdirSync(join(folder, '.ssh'), { mode: 0o700 });
  const config = [`Host far`, `  HostName ${address}`, `  User root`, `  IdentityFile ${join(folder, 'user')}`, ''];
  writeFileSync(join(folder, '.ssh', 'config'), config.join('\n'), { mode: 0o600 });
  if (known === 'none') return;
  const key = publicKey(known === 'right' ? 'host' : 'other');
  writeFileSync(join(folder, '.ssh', 'known_hosts'), `${address} ${key}`);
}

function linkTools(folder: string, tools: readonly string[]): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const tool of tools)
    symlinkSync(execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(), join(bin, tool));
  return bin;
}

/** ssh and sshd look for a home here, not in $HOME. */
function passwd(home: string): string {
  return `root:x:0:0:root:${home}:/bin/sh\nsshd:x:100:65534::/run/sshd:/usr/sbin/nologin\nnobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n`;
}
