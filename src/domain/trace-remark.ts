/**
 * What the hops of a trace show beside where it ends. Hops are TTLs.
 * `silent-hops`, `limited-hops` and `slow-hops` are harmless: hops behind them answer, answer more, and answer faster.
 * `few-lost`: probes to the end got no answer, too few to tell loss from chance. `loss`: enough of them, and from which
 * hop on they get lost (`first` to `last`; null where that cannot be told). `rise`: the delay begins there and stays.
 */
export type TraceRemark =
  | {
      readonly kind: 'silent-hops' | 'limited-hops' | 'slow-hops' | 'several-routers';
      readonly hops: readonly number[];
    }
  | { readonly kind: 'few-lost'; readonly sent: number; readonly lost: number }
  | {
      readonly kind: 'loss';
      readonly sent: number;
      readonly lost: number;
      readonly first: number | null;
      readonly last: number | null;
    }
  | { readonly kind: 'rise'; readonly first: number; readonly last: number; readonly ms: number };
