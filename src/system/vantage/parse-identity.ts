/** Whose ping it is: the flags, and what it prints, follow from that. `legacy`: an iputils that has ping6 for IPv6. */
export type PingDialect = 'iputils' | 'iputils-legacy' | 'busybox' | 'inetutils' | 'macos' | 'freebsd' | 'windows';

export type TracerouteDialect = 'butskoy' | 'busybox' | 'inetutils' | 'macos';

/** Since this release ping itself speaks IPv6 (iputils s20150815). */
const UNITED_SINCE = 20_150_815;
const IPUTILS = /iputils[- ](?:s+)?(\d{8})/u;
const MOST_TEXT = 8192;

/** Knows a ping by what it says to `-V`: its version, or its complaint with its usage. null for what none here says. */
export function pingDialect(output: string): PingDialect | null {
  const text = output.slice(0, MOST_TEXT);
  const iputils = IPUTILS.exec(text);
  if (iputils !== null) return Number(iputils[1]) >= UNITED_SINCE ? 'iputils' : 'iputils-legacy';
  if (text.includes('GNU inetutils')) return 'inetutils';
  if (text.includes('BusyBox')) return 'busybox';
  if (text.includes('-apple-connect')) return 'macos';
  // The letters of the usage are the same in every language.
  if (/\[-t\] \[-a\] \[-n /u.test(text)) return 'windows';
  return /usage:\s+ping \[-[A-Za-z0-9]{3,}\]/u.test(text) && text.includes('[-W waittime]') ? 'freebsd' : null;
}

/** Knows a traceroute by what it says to `--version`. null for what none here says. */
export function tracerouteDialect(output: string): TracerouteDialect | null {
  const text = output.slice(0, MOST_TEXT);
  if (text.includes('Modern traceroute for Linux')) return 'butskoy';
  if (text.includes('GNU inetutils')) return 'inetutils';
  if (text.includes('BusyBox')) return 'busybox';
  return /Version 1\.4a12\+Darwin|traceroute \[-adDeFInrSvx\]/u.test(text) ? 'macos' : null;
}
