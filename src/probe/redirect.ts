import type { HttpReply } from '../domain/ports.ts';
import type { Redirect } from '../domain/service-evidence.ts';

/** Answers that lead on by their Location (RFC 9110 15.4). */
const LEADS_ON: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** A chain that does not come back by then is none that goes in a circle of two or three. */
const MAX_REQUESTS = 4;

/** Makes one request for a URL of the same host; null where there is no time for it. */
export type Ask = (url: URL, cookie: string | null) => Promise<HttpReply | null>;

/**
 * Where the answer to `asked` leads, as a browser would go: with the cookies that were set. Within the host it is followed,
 * to see whether it comes back to a request that was made already; another host is never asked. null: no redirect.
 */
export async function followRedirect(asked: URL, first: HttpReply, ask: Ask): Promise<Redirect | null> {
  const next = nextOf(asked, first);
  if (next === null) return null;
  const to = relationOf(asked, next);
  let [url, reply, followed]: [URL, HttpReply, number] = [asked, first, 0];
  const cookies = new Map<string, string>();
  const made = new Set([keyOf(asked, cookies)]);
  for (;;) {
    const on = nextOf(url, reply);
    if (on === null) return { to, followed, loops: reply.attempt.state === 'answered' ? false : null };
    if (on === 'unusable' || on.hostname !== asked.hostname) return { to, followed, loops: null };
    for (const pair of reply.cookies) cookies.set(pair.split('=', 1)[0] ?? '', pair);
    const key = keyOf(on, cookies);
    if (made.has(key)) return { to, followed, loops: true };
    const answer = followed < MAX_REQUESTS ? await ask(on, cookieOf(cookies)) : null;
    if (answer === null) return { to, followed, loops: null };
    made.add(key);
    [url, reply, followed] = [on, answer, followed + 1];
  }
}

/** null: it leads nowhere. */
function nextOf(url: URL, { attempt, location }: HttpReply): URL | 'unusable' | null {
  if (attempt.state !== 'answered' || !LEADS_ON.has(attempt.status ?? 0) || location === null) return null;
  if (!URL.canParse(location, url.href)) return 'unusable';
  const next = new URL(location, url.href);
  return next.protocol === 'http:' || next.protocol === 'https:' ? next : 'unusable';
}

function relationOf(asked: URL, next: URL | 'unusable'): Redirect['to'] {
  if (next === 'unusable') return 'unusable';
  if (next.hostname !== asked.hostname) return 'other-host';
  return withoutFragment(next) === withoutFragment(asked) ? 'same-url' : 'same-host';
}

/** A request is the same where its URL and its cookies are: a page that sets one and asks again means it well. */
function keyOf(url: URL, cookies: ReadonlyMap<string, string>): string {
  return `${withoutFragment(url)}\n${cookieOf(cookies) ?? ''}`;
}

function cookieOf(cookies: ReadonlyMap<string, string>): string | null {
  return cookies.size === 0 ? null : [...cookies.values()].join('; ');
}

/** A fragment is never sent (RFC 9110 4.2.5). */
function withoutFragment(url: URL): string {
  return url.href.replace(/#.*$/u, '');
}
