/** Ports that a scheme means where none is written (IANA's registry of services). */
const SCHEME_PORTS: Readonly<Record<string, number>> = {
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mariadb: 3306,
  redis: 6379,
  rediss: 6379,
  mongodb: 27017,
  amqp: 5672,
  amqps: 5671,
  mqtt: 1883,
  mqtts: 8883,
  ldap: 389,
  ldaps: 636,
  ftp: 21,
  sftp: 22,
  ssh: 22,
  smtp: 25,
  imaps: 993,
  ws: 80,
  wss: 443,
};

const SSH_PORT = 22;
/** Commands whose arguments are a host and, behind it, perhaps a port. */
const HOST_COMMANDS = /^(?:telnet|nc|ncat|netcat|ping|ping6|traceroute|mtr|curl|wget)\s+/u;
const URL_LIKE = /^(?:jdbc:)?([a-z][a-z0-9+.-]{0,30}):\/\/(?:[^@/\s]*@)?(\[[^\]]+\]|[^:/?#\s]+)(?::(\d+))?/iu;
/** Schemes that a target has of its own: only what stands before the @ goes. */
const OWN_SCHEMES: ReadonlySet<string> = new Set(['tcp', 'udp', 'http', 'https']);

/**
 * What people paste where a target is asked for, as a target: `10.0.0.1 5432`, `ssh root@10.0.0.1`,
 * `postgres://user:password@db/name`. Anything else as it is. A name and a password are left out in any case.
 */
export function pastedTarget(text: string): string {
  const pasted = withoutLogin(text.trim());
  const ssh = /^ssh\s+(.*)$/u.exec(pasted)?.[1];
  if (ssh !== undefined) return sshTarget(ssh);
  const rest = HOST_COMMANDS.test(pasted) ? withoutOptions(pasted.replace(HOST_COMMANDS, '')) : pasted;
  const url = URL_LIKE.exec(rest);
  if (url !== null) {
    const [, scheme = '', host = '', port] = url;
    if (OWN_SCHEMES.has(scheme.toLowerCase())) return rest;
    const known = port ?? SCHEME_PORTS[scheme.toLowerCase()];
    return known === undefined ? rest : `${host}:${known}`;
  }
  const pair = /^(\S+)\s+(\d{1,5})$/u.exec(rest);
  if (pair !== null) return withPort(pair[1] ?? '', pair[2] ?? '');
  const login = /^[\w.-]+@(\S+)$/u.exec(rest);
  return login === null ? rest : withPort(login[1] ?? '', `${SSH_PORT}`);
}

/** Without what stands between a scheme and an @: it may be a password, and is no part of a target. */
export function withoutLogin(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^@/\s]{0,500}@/giu, '$1');
}

function sshTarget(args: string): string {
  const port = /(?:^|\s)-p\s*(\d+)/u.exec(args)?.[1] ?? `${SSH_PORT}`;
  const [host = ''] = withoutOptions(args.replace(/(?:^|\s)-[a-zA-Z]\s+\S+/gu, ' ')).split(/\s+/u);
  return withPort(host.replace(/^.*@/u, ''), port);
}

function withoutOptions(args: string): string {
  return args
    .split(/\s+/u)
    .filter((word) => word !== '' && !word.startsWith('-'))
    .join(' ');
}

function withPort(host: string, port: string): string {
  if (/:\d+$/u.test(host) && !/:.*:/u.test(host)) return host;
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`;
}
