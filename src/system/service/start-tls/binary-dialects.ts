import { firstLine } from '../line/words.ts';
import { GO_ON, type Heard, MORE, type Step } from './dialect.ts';

/** SSLRequest (PostgreSQL protocol 3.0, message formats): the answer is one byte. */
export const POSTGRES: readonly Step[] = [
  {
    send: Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f),
    hear: (bytes) => {
      switch (bytes[0]) {
        case undefined:
          return MORE;
        case 0x53: // S
          return GO_ON;
        case 0x4e: // N
          return { kind: 'no', state: 'refused', said: null };
        case 0x45: // E: a server that is older than the request, or one that will not serve this client
          return { kind: 'no', state: 'refused', said: firstLine(bytes.subarray(bytes[1] === 0 ? 5 : 1)) };
        default:
          return { kind: 'no', state: 'not-spoken', said: firstLine(bytes) };
      }
    },
  },
];

const OID = Buffer.from('1.3.6.1.4.1.1466.20037');

/** The extended operation StartTLS (RFC 4511 4.14), as message 1. */
export const LDAP: readonly Step[] = [
  {
    send: Buffer.concat([Uint8Array.of(0x30, 29, 0x02, 1, 1, 0x77, 24, 0x80, OID.length), OID]),
    hear: hearLdap,
  },
];

const SEQUENCE = 0x30;
const EXTENDED_RESPONSE = 0x78;
const ENUMERATED = 0x0a;

/** LDAPMessage { messageID, ExtendedResponse { resultCode, matchedDN, diagnosticMessage } } (RFC 4511 4.1.1, 4.1.9). */
function hearLdap(bytes: Buffer): Heard {
  if (bytes.length === 0) return MORE;
  if (bytes[0] !== SEQUENCE) return { kind: 'no', state: 'not-spoken', said: firstLine(bytes) };
  const message = elementAt(bytes, 0);
  if (message === null) return bytes.length > 512 ? { kind: 'no', state: 'not-spoken', said: null } : MORE;
  const id = elementAt(message.value, 0);
  const operation = id === null ? null : elementAt(message.value, id.end);
  const result = operation === null ? null : elementAt(operation.value, 0);
  if (operation?.tag !== EXTENDED_RESPONSE || result?.tag !== ENUMERATED || result.value.length !== 1) {
    return { kind: 'no', state: 'not-spoken', said: null };
  }
  const code = result.value[0] ?? 0;
  if (code === 0) return GO_ON;
  const matched = elementAt(operation.value, result.end);
  const told = matched === null ? null : elementAt(operation.value, matched.end);
  const why = told === null ? null : firstLine(told.value);
  return { kind: 'no', state: 'refused', said: [`result ${code}`, ...(why === null ? [] : [why])].join(': ') };
}

type Element = { readonly tag: number; readonly value: Buffer; readonly end: number };

/** One element of BER with a definite length of at most two bytes (X.690 8.1); null where it is not all there. */
function elementAt(bytes: Buffer, at: number): Element | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return null;
  const more = first < 0x80 ? 0 : first - 0x80;
  if (more > 2 || at + 2 + more > bytes.length) return null;
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
  const start = at + 2 + more;
  if (start + length > bytes.length) return null;
  return { tag, value: bytes.subarray(start, start + length), end: start + length };
}

/** Capability flags of MySQL's protocol. */
const CLIENT_SSL = 0x800;
const PROTOCOL_41_AND_SECURE = 0x200 | 0x8000;
const MYSQL_10 = 10;
const MYSQL_ERROR = 255;

/** Behind the server's handshake the client asks by a cut-off response, and greets by TLS without waiting. */
export const MYSQL: readonly Step[] = [
  { send: null, hear: hearMysql },
  { send: sslRequest(), hear: null },
];

function hearMysql(bytes: Buffer): Heard {
  if (bytes.length < 5) return MORE;
  const payload = bytes.subarray(4, 4 + bytes.readUIntLE(0, 3));
  const isGreeting = bytes[3] === 0 && (bytes[4] === MYSQL_10 || bytes[4] === MYSQL_ERROR);
  if (!isGreeting) return { kind: 'no', state: 'not-spoken', said: firstLine(bytes) };
  if (bytes.length < 4 + bytes.readUIntLE(0, 3)) return MORE;
  // "Host … is blocked", "Too many connections".
  if (payload[0] === MYSQL_ERROR) return { kind: 'no', state: 'refused', said: firstLine(payload.subarray(3)) };
  const version = payload.indexOf(0, 1);
  const flagsAt = version + 1 + 4 + 8 + 1;
  if (version < 0 || flagsAt + 2 > payload.length) return { kind: 'no', state: 'not-spoken', said: null };
  const said = firstLine(payload.subarray(1, version));
  const isOffered = (payload.readUInt16LE(flagsAt) & CLIENT_SSL) !== 0;
  return isOffered ? { kind: 'go-on', said } : { kind: 'no', state: 'not-offered', said };
}

function sslRequest(): Buffer {
  const packet = Buffer.alloc(4 + 32);
  packet.writeUIntLE(32, 0, 3);
  packet.writeUInt8(1, 3);
  packet.writeUInt32LE(CLIENT_SSL | PROTOCOL_41_AND_SECURE, 4);
  packet.writeUInt32LE(0xff_ffff, 8);
  packet.writeUInt8(33, 12); // utf8_general_ci
  return packet;
}
