import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A certificate authority of the test's own. */
export type Authority = {
  readonly folder: string;
  /** Its certificate, as a user would name it in SSL_CERT_FILE. */
  readonly file: string;
};

export type CertificateSpec = {
  /** Subject alternative names as openssl writes them: `DNS:web.lab`, `IP:10.9.1.1`. None: a certificate without. */
  readonly names?: readonly string[];
  readonly commonName?: string;
  /** In days from now. */
  readonly from?: number;
  readonly until?: number;
  /** Signed by itself. */
  readonly selfSigned?: boolean;
  /** Signed by an authority in between, which is sent along or is not. */
  readonly intermediate?: 'sent' | 'missing' | 'expired';
};

/** What a server needs: PEM. */
export type Credentials = { readonly key: string; readonly cert: string };

const CONFIG = `
[ca]
default_ca = lab
[lab]
dir = .
database = index
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:true
[req]
distinguished_name = dn
[dn]
`;
const DAY_MS = 86_400_000;

export function newAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-ca-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'config'), CONFIG);
  writeFileSync(join(folder, 'index'), '');
  const authority = { folder, file: join(folder, 'root.pem') };
  request(authority, 'root', 'Lab Root');
  sign(authority, 'root', 'root', ['-selfsign', '-extensions', 'authority'], -400, 4000);
  return authority;
}

/** Makes a key and a certificate. RSA, so that a server's first flight does not fit into one packet. */
export function issue(authority: Authority, spec: CertificateSpec): Credentials {
  const { names = [], commonName = 'lab', from = -10, until = 30, intermediate } = spec;
  const by = intermediate === undefined ? 'root' : 'middle';
  if (intermediate !== undefined) {
    request(authority, 'middle', 'Lab Intermediate');
    const isExpired = intermediate === 'expired';
    sign(authority, 'middle', 'root', ['-extensions', 'authority'], -300, isExpired ? -1 : 3000);
  }
  request(authority, 'leaf', commonName);
  const extensions = names.length === 0 ? '' : `subjectAltName=${names.join(',')}\n`;
  writeFileSync(join(authority.folder, 'extensions'), `basicConstraints=CA:false\n${extensions}`);
  const how = ['-extfile', 'extensions', ...(spec.selfSigned ? ['-selfsign'] : [])];
  sign(authority, 'leaf', spec.selfSigned ? 'leaf' : by, how, from, until);
  const sent = ['leaf', ...(intermediate === undefined || intermediate === 'missing' ? [] : ['middle'])];
  return {
    key: readFileSync(join(authority.folder, 'leaf.key'), 'utf8'),
    cert: sent.map((name) => readFileSync(join(authority.folder, `${name}.pem`), 'utf8')).join(''),
  };
}

function request({ folder }: Authority, name: string, commonName: string): void {
  const files = ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`];
  openssl(folder, ['req', '-config', 'config', '-utf8', '-new', ...files, '-subj', `/CN=${commonName}`]);
}

function sign(
  { folder }: Authority,
  name: string,
  by: string,
  how: readonly string[],
  from: number,
  until: number,
): void {
  const keys = ['-keyfile', `${by}.key`, ...(how.includes('-selfsign') ? [] : ['-cert', `${by}.pem`])];
  const dates = ['-startdate', dateIn(from), '-enddate', dateIn(until)];
  const files = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-notext', '-batch'];
  openssl(folder, ['ca', '-config', 'config', ...how, ...keys, ...dates, ...files]);
}

/** As openssl-ca(1) wants it: YYYYMMDDHHMMSSZ. */
function dateIn(days: number): string {
  return `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
}

function openssl(folder: string, args: readonly string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
}
