import { firstLine } from '../line/words.ts';
import { GO_ON, type Heard, MORE, type Step } from './dialect.ts';

/** RFC 6120 5.4, as a client of `host`. */
export function xmpp(host: string): readonly Step[] {
  const to = host.replace(/[^A-Za-z0-9.:-]/gu, '');
  const opening = `<?xml version='1.0'?><stream:stream to='${to}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`;
  return [
    { send: Buffer.from(opening), hear: hearFeatures },
    { send: Buffer.from("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"), hear: hearProceed },
  ];
}

function hearFeatures(bytes: Buffer): Heard {
  const text = bytes.toString('latin1').trimStart();
  if (text === '') return MORE;
  if (!text.startsWith('<')) return { kind: 'no', state: 'not-spoken', said: firstLine(bytes) };
  if (/<stream:error\b/u.test(text)) return isWhole(text, 'stream:error') ? refused(text) : MORE;
  if (!/<stream:features\s*\/>|<\/stream:features>/u.test(text)) {
    return /<(?:\?xml|stream:stream)\b/u.test(text) || text.length < 20
      ? MORE
      : { kind: 'no', state: 'not-spoken', said: firstLine(bytes) };
  }
  return /<starttls\b/u.test(text) ? GO_ON : { kind: 'no', state: 'not-offered', said: null };
}

function hearProceed(bytes: Buffer): Heard {
  const text = bytes.toString('latin1');
  if (/<proceed\b[^>]*>/u.test(text)) return GO_ON;
  return /<failure\b[^>]*>|<stream:error\b/u.test(text) ? refused(text) : MORE;
}

function isWhole(text: string, name: string): boolean {
  return text.includes(`</${name}>`);
}

/** The condition is the name of the first element within (RFC 6120 4.9.3). */
function refused(text: string): Heard {
  const condition = /<(?:stream:error|failure)\b[^>]*>\s*<([a-z-]+)/u.exec(text)?.[1] ?? null;
  return { kind: 'no', state: 'refused', said: condition };
}
