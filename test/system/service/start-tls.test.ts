import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { StartTls, StartTlsProtocol } from '../../../src/domain/service-evidence.ts';
import { tap } from '../../../src/system/service/line/tap.ts';
import { LDAP, MYSQL, POSTGRES } from '../../../src/system/service/start-tls/binary-dialects.ts';
import { FTP, IMAP, POP3, SMTP } from '../../../src/system/service/start-tls/line-dialects.ts';
import { startTls } from '../../../src/system/service/start-tls/start-tls.ts';
import { xmpp } from '../../../src/system/service/start-tls/xmpp.ts';

const RUNNING = new AbortController().signal;
const bytes = (text: string) => Buffer.from(text, 'latin1');

/** Greets with the first of its lines where that is no null, then says the next one whenever it is spoken to. */
async function ask(protocol: StartTlsProtocol, lines: readonly (string | null)[], timeoutMs = 2000): Promise<StartTls> {
  const server = createServer((socket: Socket) => {
    const left = [...lines];
    const say = () => {
      const line = left.shift();
      if (line === 'END') socket.end();
      else if (line != null) socket.write(bytes(line));
    };
    socket.on('error', () => undefined);
    say();
    socket.on('data', say);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  await once(socket, 'connect');
  return startTls(protocol, 'mail.lab', tap(socket, 100_000), timeoutMs, RUNNING);
}

/** A greeting of protocol 10 with the capabilities. */
const mysqlGreeting = (capabilities: number): string => {
  const payload = `\x0a8.0.36\0${'\x01\0\0\0'}abcdefgh\0${String.fromCharCode(capabilities & 255, capabilities >> 8)}\x21\x02\0`;
  return `${String.fromCharCode(payload.length)}\0\0\0${payload}`;
};
const LDAP_OK = '\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00';
const LDAP_NO = '\x30\x10\x02\x01\x01\x78\x0b\x0a\x01\x02\x04\x00\x04\x04no!!';
const FEATURES = "<?xml version='1.0'?><stream:stream from='a'><stream:features>";
const TLS_FEATURE = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";

test.each<readonly [StartTlsProtocol, readonly (string | null)[], StartTls['state'], string | null]>([
  [
    'smtp',
    ['220 mail.lab ESMTP\r\n', '250-mail.lab\r\n250-STARTTLS\r\n250 HELP\r\n', '220 go\r\n'],
    'ready',
    '220 mail.lab ESMTP',
  ],
  ['smtp', ['220-mail.lab\r\n220 ESMTP\r\n', '250 mail.lab\r\n'], 'not-offered', '220-mail.lab'],
  ['smtp', ['554 not you\r\n'], 'refused', '554 not you'],
  ['smtp', ['220 a\r\n', '250-a\r\n250 STARTTLS\r\n', '454 no certificate\r\n'], 'refused', '454 no certificate'],
  ['smtp', ['SSH-2.0-x\r\n'], 'not-spoken', 'SSH-2.0-x'],
  ['smtp', ['220 a\r\n', 'END'], 'ended', '220 a'],
  ['ftp', ['120 soon\r\n220 ready\r\n', '234 go\r\n'], 'ready', '220 ready'],
  ['ftp', ['220 ready\r\n', '502 what?\r\n'], 'refused', '502 what?'],
  ['imap', ['* OK [CAPABILITY] ready\r\n', '* CAPABILITY x\r\na1 OK go\r\n'], 'ready', '* OK [CAPABILITY] ready'],
  ['imap', ['* BYE busy\r\n'], 'refused', '* BYE busy'],
  ['imap', ['* OK\r\n', 'a1 BAD no\r\n'], 'refused', 'a1 BAD no'],
  ['pop3', ['+OK hello\r\n', '+OK go\r\n'], 'ready', '+OK hello'],
  ['pop3', ['+OK hello\r\n', '-ERR no\r\n'], 'refused', '-ERR no'],
  ['pop3', ['220 ftp\r\n'], 'not-spoken', '220 ftp'],
  ['ldap', [null, LDAP_OK], 'ready', null],
  ['ldap', [null, LDAP_NO], 'refused', 'result 2: no!!'],
  ['ldap', [null, 'HTTP/1.1 400 Bad Request\r\n'], 'not-spoken', 'HTTP/1.1 400 Bad Request'],
  ['postgres', [null, 'S'], 'ready', null],
  ['postgres', [null, 'N'], 'refused', null],
  ['postgres', [null, 'EFATAL: no such client'], 'refused', 'FATAL: no such client'],
  ['postgres', [null, '\x15\x03\x01\0\x02\x02F'], 'not-spoken', null],
  ['mysql', [mysqlGreeting(0xffff)], 'ready', '8.0.36'],
  ['mysql', [mysqlGreeting(0xf7ff)], 'not-offered', '8.0.36'],
  ['mysql', ["\x17\0\0\0\xff\x69\x04Host 'a' is blocked."], 'refused', "Host 'a' is blocked."],
  ['xmpp', [null, `${FEATURES}${TLS_FEATURE}</stream:features>`, '<proceed xmlns="x"/>'], 'ready', null],
  ['xmpp', [null, `${FEATURES}</stream:features>`], 'not-offered', null],
  ['xmpp', [null, `${FEATURES}${TLS_FEATURE}</stream:features>`, '<failure xmlns="x"/>'], 'refused', null],
  ['xmpp', [null, '<stream:stream><stream:error><host-unknown/></stream:error>'], 'refused', 'host-unknown'],
])('%s: %j is %s', async (protocol, lines, state, said) => {
  expect(await ask(protocol, lines)).toMatchObject({ protocol, state, said });
});

test('a server that does not speak first is told from one that falls silent', async () => {
  expect(await ask('smtp', [null], 50)).toEqual({
    protocol: 'smtp',
    state: 'no-greeting',
    said: null,
    greetingMs: null,
  });
  expect(await ask('smtp', ['220 a\r\n', null], 50)).toMatchObject({ state: 'no-answer', said: '220 a' });
  expect(await ask('postgres', [null, null], 50)).toMatchObject({ state: 'no-answer', greetingMs: null });
  expect(await ask('imap', ['* O'], 50)).toMatchObject({ state: 'no-answer' });
});

test('words without end are given up', async () => {
  expect(await ask('smtp', ['220-x\r\n'.repeat(4000)])).toMatchObject({ state: 'not-spoken' });
});

test('no bytes make a dialect throw', () => {
  const steps = [SMTP, FTP, IMAP, POP3, LDAP, POSTGRES, MYSQL, xmpp('a')].flat();
  const begun = ['', '220', '250-', '* ', 'a1 ', '+OK', '\x30\x84', '\x30\x10\x02\x01\x01\x78', '\x05\0\0\0\x0a', '<'];
  const heard = fc.tuple(fc.constantFrom(...begun), fc.uint8Array({ maxLength: 80 }));
  fc.assert(
    fc.property(fc.constantFrom(...steps), heard, (step, [start, rest]) => {
      const told = step.hear?.(Buffer.concat([bytes(start), rest]));
      expect(JSON.stringify(told ?? {})).toMatch(/^[\x20-\x7e]*$/u);
    }),
    { numRuns: 2000 },
  );
});
