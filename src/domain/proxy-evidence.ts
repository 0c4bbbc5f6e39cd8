/**
 * What a proxy made of a request for the target. `passes`: it let the request through, or answered for the target.
 * `refuses`: it answered, and not with what was asked. `not-spoken`: what came was no proxy's answer. `unmeasured`: of a
 * kind that is not spoken here. `no-url`: the variable holds nothing that could be a proxy.
 */
export const PROXY_STATES = [
  'passes',
  'refuses',
  'not-spoken',
  'closed',
  'silent',
  'no-connection',
  'unmeasured',
  'no-url',
] as const;

/** One request by way of a proxy. Who is let in by which password is no evidence. */
export type ProxyAttempt = {
  readonly state: (typeof PROXY_STATES)[number];
  /** The variable of the environment that names it. */
  readonly variable: string;
  readonly scheme: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly hasPassword: boolean;
  readonly connectMs: number | null;
  readonly answerMs: number | null;
  readonly status: number | null;
  readonly error: string | null;
};
