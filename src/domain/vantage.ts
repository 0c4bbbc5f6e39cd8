/** A machine to look at, or to measure from. Every part has been checked by `parseVantage`; null is what was left out. */
export type Vantage =
  | { readonly kind: 'local' }
  | { readonly kind: 'ssh'; readonly user: string | null; readonly host: string; readonly port: number | null }
  | { readonly kind: 'docker'; readonly container: string }
  | {
      readonly kind: 'kubectl';
      readonly namespace: string | null;
      readonly pod: string;
      readonly container: string | null;
    };

/** A vantage that is another machine, or a container. */
export type FarVantage = Exclude<Vantage, { readonly kind: 'local' }>;

/** How a vantage is written (contract, section 1). */
export function vantageText(vantage: Vantage): string {
  switch (vantage.kind) {
    case 'local':
      return 'local';
    case 'ssh': {
      const user = vantage.user === null ? '' : `${vantage.user}@`;
      const host = vantage.host.includes(':') ? `[${vantage.host}]` : vantage.host;
      return `ssh://${user}${host}${vantage.port === null ? '' : `:${vantage.port}`}`;
    }
    case 'docker':
      return `docker://${vantage.container}`;
    case 'kubectl': {
      const { namespace, pod, container } = vantage;
      if (container !== null) return `kubectl://${namespace ?? ''}/${pod}/${container}`;
      return `kubectl://${namespace === null ? '' : `${namespace}/`}${pod}`;
    }
  }
}
