import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { issuedBy } from './tls-certificate.ts';

/** Where distributions keep the authorities that their programs trust, one file of PEM. */
const STORES = [
  '/etc/ssl/certs/ca-certificates.crt', // Debian, Ubuntu, Alpine, Arch
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', // Fedora, RHEL
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem', // SUSE
  '/etc/ssl/cert.pem', // macOS, FreeBSD, OpenBSD
];
/** Of a system: a quarter of a megabyte. */
const LARGEST_STORE = 4 * 1024 * 1024;
/** Only times are wrong with such a chain; who vouches for it is not said. */
const OF_TIME: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
]);
const LONGEST_PATH = 10;

/** The authorities that this machine's programs trust, as PEM, and where they stand. */
export type TrustStore = { readonly pem: readonly string[]; readonly source: string };

/**
 * As curl and openssl find them: SSL_CERT_FILE, else the system's file, else those that come with Node; and what
 * NODE_EXTRA_CA_CERTS adds.
 */
export async function readTrustStore(env: Readonly<Record<string, string | undefined>>): Promise<TrustStore> {
  const named = env['SSL_CERT_FILE'];
  const extra = await readPem(env['NODE_EXTRA_CA_CERTS']);
  for (const file of named ? [named, ...STORES] : STORES) {
    const pem = await readPem(file);
    if (pem !== null) return { pem: extra === null ? [pem] : [pem, extra], source: file };
  }
  return { pem: extra === null ? rootCertificates : [...rootCertificates, extra], source: 'node' };
}

async function readPem(file: string | undefined): Promise<string | null> {
  if (!file) return null;
  try {
    const pem = await readFile(file, 'latin1');
    return pem.length <= LARGEST_STORE && pem.includes('-----BEGIN') ? pem : null;
  } catch {
    return null;
  }
}

/**
 * What OpenSSL is to verify a chain by. A store holds some 150 authorities, each a millisecond's work: taken one at a time,
 * so that echoes that are under way are not timed late.
 */
export async function trustContext({ pem }: TrustStore, signal: AbortSignal): Promise<SecureContext> {
  const context = createSecureContext({ ca: [] });
  for (const block of pem.flatMap(blocksOf)) {
    if (signal.aborted) break;
    context.context.addCACert(block);
    await setImmediate();
  }
  return context;
}

/** Whether somebody of the store vouches for the chain, whatever its dates. `error`: what OpenSSL found last. */
export async function isTrusted(
  error: string | null,
  chain: readonly X509Certificate[],
  store: TrustStore,
): Promise<boolean> {
  if (error === null || !OF_TIME.has(error)) return error === null;
  const anchors = await parsed(store.pem.flatMap(blocksOf));
  let at = chain[0];
  for (let steps = 0; at !== undefined && steps < LONGEST_PATH; steps += 1) {
    const each = at;
    if (anchors.some((anchor) => anchor.fingerprint256 === each.fingerprint256 || issuedBy(each, anchor))) return true;
    at = chain.find((other) => other.fingerprint256 !== each.fingerprint256 && issuedBy(each, other));
  }
  return false;
}

async function parsed(blocks: readonly string[]): Promise<readonly X509Certificate[]> {
  const certificates: X509Certificate[] = [];
  for (const block of blocks) {
    try {
      certificates.push(new X509Certificate(block));
    } catch {
      // One that cannot be read vouches for nobody.
    }
    await setImmediate();
  }
  return certificates;
}

function blocksOf(pem: string): readonly string[] {
  return pem.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/gu) ?? [];
}
