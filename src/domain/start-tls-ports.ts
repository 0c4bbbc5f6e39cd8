import type { StartTlsProtocol } from './service-evidence.ts';

/** The registered ports (IANA) of the protocols that ask for TLS in their own words. */
const PORTS: Readonly<Record<number, StartTlsProtocol>> = {
  21: 'ftp',
  25: 'smtp',
  110: 'pop3',
  143: 'imap',
  389: 'ldap',
  587: 'smtp',
  3268: 'ldap',
  3306: 'mysql',
  5222: 'xmpp',
  5432: 'postgres',
};

/** What a port speaks before TLS; null where TLS begins at once, as far as anybody knows. */
export function startTlsAt(port: number): StartTlsProtocol | null {
  return PORTS[port] ?? null;
}
