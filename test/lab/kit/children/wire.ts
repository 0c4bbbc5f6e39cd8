import { openPacketSocket, type PacketSocket, VNET_HEADER_BYTES } from '../packet-socket.ts';
import type { Direction, WireSpec } from '../wire.ts';

const ETHERNET_BYTES = 14;
const spec: WireSpec = JSON.parse(process.argv[2] ?? '{}');
const seed = spec.seed ?? 1;
const near = openPacketSocket('near', { vnetHeader: true });
const far = openPacketSocket('far', { vnetHeader: true });
carry(near, far, spec.toServer ?? {}, seed);
carry(far, near, spec.toClient ?? {}, seed + 1);
process.stdout.write('ready\n');

function carry(from: PacketSocket, to: PacketSocket, direction: Direction, seed: number): void {
  const chance = seeded(seed);
  const jitter = seeded(~seed);
  let struck = 0;
  from.listen((frame) => {
    if (isStruck(frame)) {
      struck += 1;
      if (chance() * 100 < (direction.lossPercent ?? 0)) return;
      if (direction.loseEvery !== undefined && struck % direction.loseEvery === 0) return;
      if (chance() * 100 < (direction.duplicatePercent ?? 0)) pass(frame);
    }
    pass(frame);
  });
  function pass(frame: Buffer): void {
    const delayMs = (direction.delayMs ?? 0) + jitter() * (direction.jitterMs ?? 0);
    if (delayMs === 0) to.send(frame);
    else setTimeout(() => to.send(frame), delayMs);
  }
}

/** Whether loss and duplicates may strike this frame: never ARP or neighbour discovery, else the link itself would break. */
function isStruck(frame: Buffer): boolean {
  const packet = frame.subarray(VNET_HEADER_BYTES + ETHERNET_BYTES);
  const etherType = frame.readUInt16BE(VNET_HEADER_BYTES + 12);
  if (etherType === 0x0800) {
    const type = packet[((packet[0] ?? 0) & 0x0f) * 4];
    const isEcho = packet[9] === 1 && (type === 8 || type === 0);
    return spec.strikes === 'ip' || isEcho;
  }
  if (etherType === 0x86dd) {
    const type = packet[40] ?? 0;
    const isNeighbourDiscovery = packet[6] === 58 && type >= 133 && type <= 137;
    const isEcho = packet[6] === 58 && (type === 128 || type === 129);
    return spec.strikes === 'ip' ? !isNeighbourDiscovery : isEcho;
  }
  return false;
}

/** Mulberry32: the same seed, the same faults. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
