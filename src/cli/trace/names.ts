import type { IpAddress } from '../../domain/address.ts';

export type HopNames = {
  /** Begins to look an address up, once. */
  learn(address: IpAddress): void;
  known(): ReadonlyMap<IpAddress, string>;
  /** Settles when nothing is being looked up any more. */
  settled(): Promise<void>;
};

/** The names of the hops, looked up beside the trace, each as soon as the hop has answered. */
export function hopNames(
  lookUp: ((address: IpAddress) => Promise<string | null>) | null,
  onName: (address: IpAddress, name: string) => void = () => undefined,
): HopNames {
  const names = new Map<IpAddress, string>();
  const asked = new Map<IpAddress, Promise<void>>();
  return {
    learn: (address) => {
      if (lookUp === null || asked.has(address)) return;
      const asking = lookUp(address).then((name) => {
        if (name === null) return;
        names.set(address, name);
        onName(address, name);
      });
      asked.set(address, asking);
    },
    known: () => names,
    settled: async () => {
      await Promise.all(asked.values());
    },
  };
}
