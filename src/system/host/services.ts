import { readFileSync } from 'node:fs';

const SERVICES_FILE = '/etc/services';
/** The names that people type most, for machines without a services file (IANA service names). */
const WELL_KNOWN: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  smtp: 25,
  domain: 53,
  dns: 53,
  http: 80,
  pop3: 110,
  ntp: 123,
  imap: 143,
  snmp: 161,
  ldap: 389,
  https: 443,
  smb: 445,
  submission: 587,
  ldaps: 636,
  mysql: 3306,
  rdp: 3389,
  postgres: 5432,
  postgresql: 5432,
  amqp: 5672,
  redis: 6379,
  kafka: 9092,
  mongodb: 27017,
};

/** The port of a service name or alias, from the services file (services(5)), else from the common names. */
export function servicePort(name: string, protocol: 'tcp' | 'udp'): number | null {
  for (const line of servicesLines()) {
    const [service, portAndProtocol = '', ...aliases] = (line.split('#')[0] ?? '').trim().split(/\s+/u);
    const [port, lineProtocol] = portAndProtocol.split('/');
    if (lineProtocol === protocol && (service === name || aliases.includes(name))) return Number(port);
  }
  return Object.hasOwn(WELL_KNOWN, name) ? (WELL_KNOWN[name] ?? null) : null;
}

/** All names and aliases that are known, to suggest one from. */
export function serviceNames(): readonly string[] {
  const listed = servicesLines().flatMap((line) => {
    const [service = '', port, ...aliases] = (line.split('#')[0] ?? '').trim().split(/\s+/u);
    return port === undefined ? [] : [service, ...aliases];
  });
  return [...Object.keys(WELL_KNOWN), ...listed];
}

function servicesLines(): readonly string[] {
  try {
    return readFileSync(SERVICES_FILE, 'utf8').split('\n');
  } catch {
    return [];
  }
}
