import { randomBytes, randomInt } from 'node:crypto';
import { encode } from 'dns-packet';

const DNS_PORT = 53;
const NTP_PORT = 123;
const NTP_PACKET_BYTES = 48;
/** Leap indicator 0, version 4, mode 3 (client): RFC 5905, section 7.3. */
const NTP_CLIENT = 0x23;
const NTP_TRANSMIT_TIMESTAMP_OFFSET = 40;

/**
 * What to say to a UDP port so that its service has a reason to answer: a question in the protocol that lives there
 * (DNS: the name servers of the root; NTP: a client's request), otherwise a few printable bytes.
 */
export function udpPayload(port: number): Uint8Array {
  switch (port) {
    case DNS_PORT:
      return encode({ type: 'query', id: randomInt(0x10000), questions: [{ type: 'NS', name: '.' }] });
    case NTP_PORT:
      return ntpRequest();
    default:
      return Buffer.from('netwhy\n');
  }
}

/** The transmit timestamp is random: the server only echoes it, and the true one would tell it this machine's clock. */
function ntpRequest(): Uint8Array {
  const packet = Buffer.alloc(NTP_PACKET_BYTES);
  packet.writeUInt8(NTP_CLIENT, 0);
  randomBytes(8).copy(packet, NTP_TRANSMIT_TIMESTAMP_OFFSET);
  return packet;
}
