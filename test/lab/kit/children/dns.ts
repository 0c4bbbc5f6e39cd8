import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import * as dns from 'dns-packet';
import type { DnsAnswer, Service } from '../services.ts';

const RCODES = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
const TRUNCATED = 0x0200;

type DnsService = Extract<Service, { kind: 'dns' }>;

/** A name server that says what its zone tells it to say, right or wrong, over UDP and TCP. */
export async function dnsServer(service: DnsService): Promise<void> {
  const { host, port = 53 } = service;
  const asked = new Map<string, number>();
  const seenAt = new Map<string, number>();
  const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  udp.on('error', () => {});
  udp.on('message', (message, from) => {
    const peer = `${from.address} ${from.port}`;
    if (Date.now() - (seenAt.get(peer) ?? 0) < (service.onceAPortMs ?? 0)) return;
    seenAt.set(peer, Date.now());
    const { answer, delayMs } = plan(service, message, asked);
    const send = (): void => {
      for (const bytes of answer('udp')) udp.send(bytes, from.port, from.address);
    };
    if (delayMs === 0) send();
    else setTimeout(send, delayMs);
  });
  udp.bind(port, host);
  const tcp = createServer((socket) => {
    socket.on('error', () => {});
    let received = Buffer.alloc(0);
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      // The C library sends the questions for A and AAAA in one go.
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const end = 2 + received.readUInt16BE(0);
        const { answer, delayMs } = plan(service, received.subarray(2, end), asked);
        received = received.subarray(end);
        setTimeout(() => {
          for (const bytes of answer('tcp')) socket.write(Buffer.concat([lengthOf(bytes), bytes]));
          if (service.tcp === 'one-query') socket.end();
        }, delayMs);
        if (service.tcp === 'one-query') received = Buffer.alloc(0);
      }
    });
  });
  const listening = [once(udp, 'listening')];
  if (service.tcp !== 'refused') {
    tcp.listen(port, host);
    listening.push(once(tcp, 'listening'));
  }
  await Promise.all(listening);
}

type Plan = { readonly delayMs: number; answer(transport: 'udp' | 'tcp'): Uint8Array[] };

function plan(service: DnsService, message: Buffer, asked: Map<string, number>): Plan {
  const query = dns.decode(message);
  const question = query.questions?.[0];
  if (question === undefined) return { delayMs: 0, answer: () => [] };
  const name = question.name.toLowerCase();
  const says = service.zone[name] ?? service.zone['*'] ?? { rcode: 'NXDOMAIN' };
  const before = asked.get(`${question.type} ${name}`) ?? 0;
  asked.set(`${question.type} ${name}`, before + 1);
  const isMute = says.silentTypes?.some((type) => type === question.type) === true;
  const speaksEdns = query.additionals?.some(({ type }) => type === 'OPT') === true;
  const isIgnored = says.silent === true || isMute || before < (says.ignoreFirst ?? 0);
  return {
    delayMs: says.delayMs ?? 0,
    answer: (transport) => (isIgnored ? [] : messagesOf(says, question, query.id ?? 0, transport, speaksEdns)),
  };
}

function messagesOf(
  says: DnsAnswer,
  question: dns.Question,
  id: number,
  transport: 'udp' | 'tcp',
  speaksEdns: boolean,
): Uint8Array[] {
  const right = response(id, question, speaksEdns ? says : withoutWords(says));
  switch (says.garbage ?? 'nothing') {
    case 'nothing':
      return [right];
    case 'noise':
      return [Buffer.from('deadbeefdeadbeefdeadbeefdeadbeefdeadbeef', 'hex')];
    case 'short':
      return [right.subarray(0, 5)];
    case 'pointer-loop': {
      // The question's name is a compression pointer to itself (RFC 1035 4.1.4).
      const loop = Buffer.from('000081800001000100000000c00c00010001c00c000100010000003c00040a090001', 'hex');
      loop.writeUInt16BE(id, 0);
      return [loop];
    }
    case 'wrong-id':
      return [response(id ^ 0x5555, question, says)];
    case 'wrong-question':
      return [response(id, { ...question, name: 'somebody.else.example' }, says)];
    case 'forged-first':
      return [response(id ^ 0x5555, question, { a: ['203.0.113.66'], aaaa: ['2001:db8::66'] }), right];
    case 'short-first':
      return [right.subarray(0, 5), right];
    case 'truncated':
      return transport === 'tcp' ? [right] : [response(id, question, {}, TRUNCATED)];
    case 'truncated-for-ever':
      return [response(id, question, {}, TRUNCATED)];
  }
}

function withoutWords({ extendedError: _, ...says }: DnsAnswer): DnsAnswer {
  return says;
}

function response(id: number, question: dns.Question, says: DnsAnswer, flags = 0): Buffer {
  const addresses = question.type === 'A' ? says.a : question.type === 'AAAA' ? says.aaaa : [];
  const type = question.type === 'AAAA' ? 'AAAA' : 'A';
  const chain = says.chain ?? [];
  const aliases = chain.map((data, index) => ({
    type: 'CNAME' as const,
    name: chain[index - 1] ?? question.name,
    ttl: 60,
    data,
  }));
  const end = chain.at(-1) ?? question.name;
  return dns.encode({
    type: 'response',
    id,
    flags: dns.RECURSION_DESIRED | dns.RECURSION_AVAILABLE | flags | RCODES[says.rcode ?? 'NOERROR'],
    questions: [question],
    answers: [...aliases, ...(addresses ?? []).map((data) => ({ type, name: end, ttl: 60, data }) as const)],
    ...(says.extendedError !== undefined && { additionals: [extendedErrorRecord(says.extendedError)] }),
  });
}

function lengthOf(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return length;
}

function extendedErrorRecord({ code, text }: { readonly code: number; readonly text: string }): dns.Answer {
  const data = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(text)]);
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: 1232,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [{ code: 15, data } as never],
  };
}
