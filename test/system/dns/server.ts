import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { decode, encode } from 'dns-packet';
import type { DnsServer } from '../../../src/system/dns/exchange.ts';

export type Asked = { readonly id: number; readonly name: string; readonly type: string; readonly over: 'udp' | 'tcp' };

/** What to send back, in order; an empty list is silence. */
export type Respond = (asked: Asked) => readonly Buffer[];

export type FakeDnsServer = {
  readonly server: DnsServer;
  readonly asked: readonly Asked[];
  /** Resolves when this many queries have come. */
  heard(count: number): Promise<void>;
  /** Resolves when the first answer over UDP has left: on loopback it then waits at the asker's socket. */
  readonly answered: Promise<void>;
  close(): void;
};

const LOOPBACK = '127.0.0.1';

/** A DNS server on a free port of loopback, over UDP and (unless told otherwise) TCP, that answers as it is told. */
export async function startDnsServer(respond: Respond, overTcp = true): Promise<FakeDnsServer> {
  const asked: Asked[] = [];
  const waiting: { readonly count: number; readonly wake: () => void }[] = [];
  const hear = (bytes: Buffer, over: 'udp' | 'tcp'): readonly Buffer[] => {
    const { id = 0, questions: [question] = [] } = decode(bytes);
    const query = { id, name: question?.name ?? '', type: question?.type ?? '', over };
    asked.push(query);
    for (const { count, wake } of waiting) if (asked.length >= count) wake();
    return respond(query);
  };
  let tellAnswered = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    tellAnswered = resolve;
  });
  const udp: Socket = createSocket('udp4');
  udp.on('message', (bytes, from) => {
    for (const answer of hear(bytes, 'udp')) udp.send(answer, from.port, from.address, () => tellAnswered());
  });
  udp.bind(0, LOOPBACK);
  await once(udp, 'listening');
  const { port } = udp.address();
  const tcp: Server = createServer((connection) => {
    connection.on('error', () => undefined);
    connection.on('data', (bytes) => {
      for (const answer of hear(Buffer.from(bytes).subarray(2), 'tcp')) {
        const framed = Buffer.concat([Buffer.from([answer.length >> 8, answer.length & 0xff]), answer]);
        // In two pieces, as a stream may cut anywhere.
        connection.write(framed.subarray(0, 1));
        connection.write(framed.subarray(1));
      }
      connection.end();
    });
  });
  if (overTcp) {
    tcp.listen(port, LOOPBACK);
    await once(tcp, 'listening');
  }
  return {
    server: { address: LOOPBACK, port },
    asked,
    answered,
    heard: (count) =>
      new Promise((wake) => {
        if (asked.length >= count) wake();
        else waiting.push({ count, wake });
      }),
    close: () => {
      udp.close();
      tcp.close();
    },
  };
}

const RESPONSE = 0x8180;
const TRUNCATED = 0x0200;
const RCODES = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

export type Rcode = keyof typeof RCODES;

/** The bytes of an answer to a query, with an address of the type asked for or with none. */
export function answerTo(asked: Asked, rcode: Rcode, address?: string): Buffer {
  const type = asked.type === 'AAAA' ? 'AAAA' : 'A';
  return encode({
    type: 'response',
    id: asked.id,
    flags: RESPONSE | RCODES[rcode],
    questions: [{ type, name: asked.name, class: 'IN' }],
    answers: address === undefined ? [] : [{ type, name: asked.name, data: address, ttl: 1 }],
  });
}

/** An answer that is too long for UDP. */
export function cutAnswerTo(asked: Asked): Buffer {
  const bytes = answerTo(asked, 'NOERROR');
  bytes.writeUInt16BE(RESPONSE | TRUNCATED, 2);
  return bytes;
}

/** An answer through aliases, of which the last has no address. */
export function aliasAnswerTo(asked: Asked, rcode: Rcode, ...names: readonly string[]): Buffer {
  const type = asked.type === 'AAAA' ? 'AAAA' : 'A';
  return encode({
    type: 'response',
    id: asked.id,
    flags: RESPONSE | RCODES[rcode],
    questions: [{ type, name: asked.name, class: 'IN' }],
    answers: names.map((data, index) => ({ type: 'CNAME', name: names[index - 1] ?? asked.name, data, ttl: 1 })),
  });
}

/** SERVFAIL with an extended error (RFC 8914). */
export function failureWithWords(asked: Asked, code: number, text: string): Buffer {
  const type = asked.type === 'AAAA' ? 'AAAA' : 'A';
  const data = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(text)]);
  return encode({
    type: 'response',
    id: asked.id,
    flags: RESPONSE | RCODES.SERVFAIL,
    questions: [{ type, name: asked.name, class: 'IN' }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: 1232,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [{ code: 15, data } as never],
      },
    ],
  });
}
