import * as z from 'zod/mini';

/** Longest text of a report; texts of the catalogue are far shorter. */
const MAX_TEXT_LENGTH = 20_000;

export const MAX_ITEMS = 1024;

export const text = z.string().check(z.maxLength(MAX_TEXT_LENGTH));

export const word = z.string().check(z.maxLength(256));

/** IPv4 or IPv6 in text form, IPv6 with an optional zone (RFC 4007 11). */
export const ipAddress = z.string().check(z.regex(/^[0-9A-Fa-f:.]{2,45}(?:%[^\s%]{1,64})?$/));

/** An ISO 8601 time. */
export const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/));

export const count = z.int().check(z.gte(0));

export const ms = z.number().check(z.gte(0));

export const port = z.int().check(z.gte(0), z.lte(65_535));

export const family = z.union([z.literal(4), z.literal(6)]);

export const protocol = z.enum(['tcp', 'udp']);

export const octet = z.int().check(z.gte(0), z.lte(255));

export const percent = z.number().check(z.gte(0), z.lte(100));

export const addresses = z.array(ipAddress).check(z.maxLength(MAX_ITEMS));

export const timed = {
  startedAt: time,
  durationMs: ms,
  equivalent: text,
  cutShort: z.exactOptional(z.literal(true)),
};

export const method = z.enum(['raw', 'kernel', 'system', 'sockets']);

export const unavailable = z.strictObject({
  reason: z.enum(['not-permitted', 'not-installed', 'not-supported']),
  hint: text,
});
