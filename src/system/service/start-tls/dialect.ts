import type { StartTls } from '../../../domain/service-evidence.ts';

/** What the bytes that have come so far say. `more`: not enough. */
export type Heard =
  | { readonly kind: 'more' }
  /** `said`: the line that goes into the evidence; null for none. */
  | { readonly kind: 'go-on'; readonly said: string | null }
  | {
      readonly kind: 'no';
      readonly state: Extract<StartTls['state'], 'not-spoken' | 'not-offered' | 'refused'>;
      readonly said: string | null;
    };

/** One exchange on the way to TLS. */
export type Step = {
  /** null: it is the server's turn to speak first. */
  readonly send: Uint8Array | null;
  /** null: nothing comes back, TLS begins at once. Never throws, whatever came. */
  readonly hear: ((bytes: Buffer) => Heard) | null;
};

export const MORE: Heard = { kind: 'more' };
export const GO_ON: Heard = { kind: 'go-on', said: null };
