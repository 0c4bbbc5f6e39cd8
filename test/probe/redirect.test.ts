import { expect, test } from 'vitest';
import type { HttpReply } from '../../src/domain/ports.ts';
import type { Redirect } from '../../src/domain/service-evidence.ts';
import { followRedirect } from '../../src/probe/redirect.ts';
import { HTTP } from '../analysis/service-evidence.ts';

const ASKED = 'http://web.lab/a?x=1';

const answer = (status: number, location: string | null = null, cookies: readonly string[] = []): HttpReply => ({
  attempt: { ...HTTP, status },
  location,
  cookies,
});

/** What each URL answers; the second of two answers is that to a request with a cookie. */
type Site = Readonly<Record<string, readonly [HttpReply, HttpReply?]>>;

async function follow(site: Site): Promise<{ readonly redirect: Redirect | null; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const say = (url: URL, cookie: string | null): HttpReply => {
    const [plain, known = plain] = site[url.href] ?? [answer(404)];
    return cookie === null ? plain : known;
  };
  const first = say(new URL(ASKED), null);
  const redirect = await followRedirect(new URL(ASKED), first, async (url, cookie) => {
    asked.push(url.href);
    return say(url, cookie);
  });
  return { redirect, asked };
}

test.each<readonly [string, Site, Redirect | null, number]>([
  ['an answer that is no redirect', { [ASKED]: [answer(200, '/b')] }, null, 0],
  ['a redirect without a place', { [ASKED]: [answer(302)] }, null, 0],
  ['itself', { [ASKED]: [answer(301, ASKED)] }, { to: 'same-url', followed: 0, loops: true }, 0],
  [
    'itself by a relative reference',
    { [ASKED]: [answer(302, '?x=1#top')] },
    { to: 'same-url', followed: 0, loops: true },
    0,
  ],
  [
    'itself with a cookie that lets in',
    { [ASKED]: [answer(302, ASKED, ['seen=1']), answer(200)] },
    { to: 'same-url', followed: 1, loops: false },
    1,
  ],
  [
    'itself whatever the cookie says',
    { [ASKED]: [answer(302, ASKED, ['seen=1']), answer(302, ASKED, ['seen=1'])] },
    { to: 'same-url', followed: 1, loops: true },
    1,
  ],
  [
    'a circle of two',
    { [ASKED]: [answer(302, '/b')], 'http://web.lab/b': [answer(302, ASKED)] },
    { to: 'same-host', followed: 1, loops: true },
    1,
  ],
  [
    'from http to https and back',
    { [ASKED]: [answer(301, 'https://web.lab/a')], 'https://web.lab/a': [answer(302, ASKED)] },
    { to: 'same-host', followed: 1, loops: true },
    1,
  ],
  [
    'a page that loops on its own',
    { [ASKED]: [answer(302, '/b')], 'http://web.lab/b': [answer(302, '/b')] },
    { to: 'same-host', followed: 1, loops: true },
    1,
  ],
  [
    'a login of the same host',
    { [ASKED]: [answer(302, '/login')], 'http://web.lab/login': [answer(200)] },
    { to: 'same-host', followed: 1, loops: false },
    1,
  ],
  [
    'another host',
    { [ASKED]: [answer(302, 'http://portal.lab/login')] },
    { to: 'other-host', followed: 0, loops: null },
    0,
  ],
  ['a script', { [ASKED]: [answer(302, 'javascript:alert(1)')] }, { to: 'unusable', followed: 0, loops: null }, 0],
  ['nonsense', { [ASKED]: [answer(302, 'http://[')] }, { to: 'unusable', followed: 0, loops: null }, 0],
])('%s', async (_, site, redirect, requests) => {
  const followed = await follow(site);
  expect(followed.redirect).toEqual(redirect);
  expect(followed.asked).toHaveLength(requests);
});

test('a chain that never comes back is left alone after four requests', async () => {
  let count = 0;
  const redirect = await followRedirect(new URL(ASKED), answer(302, '/0'), async () => {
    count += 1;
    return answer(302, `/${count}`);
  });
  expect([redirect, count]).toEqual([{ to: 'same-host', followed: 4, loops: null }, 4]);
});

test('where no time is left to follow, nothing is said of where it ends', async () => {
  const redirect = await followRedirect(new URL(ASKED), answer(302, '/b'), async () => null);
  expect(redirect).toEqual({ to: 'same-host', followed: 0, loops: null });
});
