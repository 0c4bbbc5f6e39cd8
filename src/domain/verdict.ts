export type Verdict = 'healthy' | 'degraded' | 'fault' | 'inconclusive';

/** From the mildest: what is not known may be healthy, what is degraded is not. */
export const VERDICT_RANK: Readonly<Record<Verdict, number>> = { healthy: 0, inconclusive: 1, degraded: 2, fault: 3 };

export type Severity = 'fault' | 'warning' | 'info';

/** Who has to act, as far as measured. */
export type Owner = 'this-machine' | 'target' | 'path' | 'resolver' | 'service' | 'nobody' | 'unknown';

/** `certain`: the evidence excludes everything else. `likely`: something else fits, but less well. `possible`: several fit. */
export type Confidence = 'certain' | 'likely' | 'possible';

export type Language = 'en' | 'ko';

/** Where on the path: the hop count from this machine (0 is this machine), null where unknown. */
export type Where = { readonly hop: number | null; readonly address: string | null };
