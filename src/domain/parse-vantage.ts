import type { FarVantage, Vantage } from './vantage.ts';

/** `message` says what is wrong, without a full stop; `example` is something right that is near to it. */
export type ParsedVantage =
  | { readonly kind: 'ok'; readonly vantage: Vantage }
  | { readonly kind: 'invalid'; readonly message: string; readonly example: string };

const EXAMPLES: Readonly<Record<FarVantage['kind'], string>> = {
  ssh: 'ssh://user@app2:22',
  docker: 'docker://web-1',
  kubectl: 'kubectl://shop/web-0/nginx',
};

const LONGEST = 512;
const LONGEST_HOST = 253;
const LONGEST_USER = 128;

// None of them takes a first dash, which would make an option of the part, nor anything that a shell would read: the
// ssh_config(5) of the user may hand %h and %r to one (CVE-2023-51385).
const HOST = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\.?$/;
const IPV6 = /^(?=.*:)[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_][A-Za-z0-9._-]*)?$/;
const USER = /^[A-Za-z0-9_.+][A-Za-z0-9_.+@-]*$/;
/** Docker's own rule (`RestrictedNameChars`); an id is such a name as well. */
const CONTAINER = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
/** RFC 1123 labels and subdomains, as Kubernetes wants them. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Reads `local`, `ssh://[user@]host[:port]`, `docker://container` or `kubectl://[namespace/]pod[/container]`. Strict. */
export function parseVantage(text: string): ParsedVantage {
  if (text === 'local') return { kind: 'ok', vantage: { kind: 'local' } };
  if (text.length > LONGEST) return wrong(`a vantage has at most ${LONGEST} characters`, 'ssh');
  const unprintable = /[^\x21-\x7e]/u.exec(text)?.[0];
  if (unprintable !== undefined) {
    return wrong(`a vantage holds no ${nameOf(unprintable)}`, 'ssh');
  }
  const [, scheme = '', rest = ''] = /^([^:]*):\/\/(.*)$/.exec(text) ?? [];
  switch (scheme) {
    case 'ssh':
      return parseSsh(rest);
    case 'docker':
      return parseDocker(rest);
    case 'kubectl':
      return parseKubectl(rest);
    case '':
      return wrong(`${JSON.stringify(text)} does not say how to get there`, 'ssh', schemeFor(text));
    default:
      return wrong(`${JSON.stringify(scheme)} is no way to a vantage: ssh, docker and kubectl are`, 'ssh');
  }
}

function parseSsh(rest: string): ParsedVantage {
  const at = rest.lastIndexOf('@');
  const user = at < 0 ? null : rest.slice(0, at);
  const place = rest.slice(at + 1);
  if (user?.includes(':')) return wrong('a vantage holds no password: ssh uses your keys and agent', 'ssh');
  if (user !== null && (!USER.test(user) || user.length > LONGEST_USER)) return badPart('user name', user, 'ssh');
  if (/[/?#]/.test(place)) return wrong('a vantage over ssh ends with the host or its port, without a path', 'ssh');
  if (/:.*:/.test(place) && IPV6.test(place)) {
    return wrong('an IPv6 address stands in brackets', 'ssh', `ssh://[${place}]`);
  }
  const [, bracketed, plain = '', portText] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(place) ?? [];
  const host = bracketed ?? plain;
  const isRight = bracketed === undefined ? HOST.test(host) : IPV6.test(host);
  if (!isRight || host.length > LONGEST_HOST) return badPart('host', host === '' ? place : host, 'ssh');
  if (portText === undefined) return { kind: 'ok', vantage: { kind: 'ssh', user, host, port: null } };
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65_535) {
    return wrong(`a port is a number from 1 to 65535, not ${JSON.stringify(portText)}`, 'ssh');
  }
  return { kind: 'ok', vantage: { kind: 'ssh', user, host, port } };
}

function parseDocker(container: string): ParsedVantage {
  if (!CONTAINER.test(container)) return badPart('container', container, 'docker');
  return { kind: 'ok', vantage: { kind: 'docker', container } };
}

/** Two parts are a namespace and a pod; an empty first part is the namespace of the current context. */
function parseKubectl(rest: string): ParsedVantage {
  const parts = rest.split('/');
  if (parts.length > 3) return wrong('a pod is named by at most a namespace, the pod and a container', 'kubectl');
  const [namespace = '', pod = '', container = null] = parts.length === 1 ? ['', rest] : parts;
  if (namespace !== '' && !LABEL.test(namespace)) return badPart('namespace', namespace, 'kubectl');
  if (!SUBDOMAIN.test(pod)) return badPart('pod', pod, 'kubectl');
  if (container !== null && !LABEL.test(container)) return badPart('container', container, 'kubectl');
  return { kind: 'ok', vantage: { kind: 'kubectl', namespace: namespace === '' ? null : namespace, pod, container } };
}

function badPart(what: string, part: string, kind: FarVantage['kind']): ParsedVantage {
  if (part === '') return wrong(`the ${what} is missing`, kind);
  const why = part.startsWith('-') ? ': it would be taken for an option' : '';
  return wrong(`${JSON.stringify(part)} is no ${what}${why}`, kind);
}

function wrong(message: string, kind: FarVantage['kind'], example = EXAMPLES[kind]): ParsedVantage {
  return { kind: 'invalid', message, example };
}

/** What was most likely meant by a bare word. */
function schemeFor(text: string): string {
  return USER.test(text.replace(/@.*$/, '')) && HOST.test(text.replace(/^.*@/, '')) ? `ssh://${text}` : EXAMPLES.ssh;
}

function nameOf(character: string): string {
  if (character === ' ') return 'space';
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `character U+${code}`;
}
