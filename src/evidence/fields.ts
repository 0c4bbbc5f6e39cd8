import * as z from 'zod/mini';
import { OBSTACLE_CODES } from '../domain/obstacle.ts';
import type { FieldNote, Secret } from './secret.ts';

/** Longest text of a report; texts of the catalogue are far shorter. */
const MAX_TEXT_LENGTH = 20_000;
const MAX_WORD_LENGTH = 256;
const MAX_ITEMS = 1024;

/** What is known of every field: no builder makes one without a description and a word on what it can give away. */
export const FIELD_NOTES = z.registry<FieldNote>();

type AnyField = z.core.$ZodType;

function noted<S extends AnyField>(field: S, note: FieldNote): S {
  FIELD_NOTES.add(field, note);
  return field;
}

/** A note that belongs to the field as a whole, whatever it is wrapped in. */
function rewrapped<S extends AnyField>(inner: AnyField, wrapped: S): S {
  const note = FIELD_NOTES.get(inner);
  if (note === undefined) throw new Error('a field without a description');
  FIELD_NOTES.remove(inner);
  return noted(wrapped, note as FieldNote);
}

/** Any words, by default secret as a whole. `harmless`: the form in which they give nothing away. */
function text(description: string, secret: Secret = 'text', harmless?: RegExp) {
  const field = z.string().check(z.maxLength(MAX_TEXT_LENGTH));
  return noted(field, { description, secret, ...(harmless !== undefined && { harmless }) });
}

/** The same in one word or a short phrase. */
function word(description: string, secret: Secret = 'text', harmless?: RegExp) {
  const field = z.string().check(z.maxLength(MAX_WORD_LENGTH));
  return noted(field, { description, secret, ...(harmless !== undefined && { harmless }) });
}

/** IPv4 or IPv6 in text form, IPv6 with an optional zone (RFC 4007 11) in the shape of a name of an interface. */
function address(description: string) {
  const field = z.string().check(z.regex(/^[0-9A-Fa-f:.]{2,45}(?:%[^\s%/:\p{C}]{1,15})?$/u));
  return noted(field, { description, secret: 'address' });
}

function open<S extends AnyField>(field: S, description: string): S {
  return noted(field, { description, secret: 'none' });
}

function list<S extends AnyField>(element: S, description: string, most = MAX_ITEMS) {
  return open(z.array(element).check(z.maxLength(most)), description);
}

function object<T extends z.core.$ZodLooseShape>(shape: T, description: string) {
  return open(z.strictObject(shape), description);
}

function nullable<S extends AnyField>(field: S) {
  return rewrapped(field, z.nullable(field));
}

/** Absent rather than null: a key that older reports do not have, or that most runs have nothing for. */
function optional<S extends AnyField>(field: S) {
  return rewrapped(field, z.exactOptional(field));
}

/** With a value for reports of netwhy before it knew the field. */
function withDefault<S extends AnyField>(field: S, value: z.core.util.NoUndefined<z.output<S>>) {
  return rewrapped(field, z._default(field, value));
}

function oneOf<const T extends readonly string[]>(words: T, description: string) {
  return open(z.enum(words), description);
}

/** One of these words, or a name of the user's own with the prefix `own.`. */
function oneOfOrOwn<const T extends readonly string[]>(words: T, description: string) {
  const name = z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/));
  return open(z.union([z.enum(words), z.templateLiteral(['own.', name])]), description);
}

const count = (description: string) => open(z.int().check(z.gte(0)), description);
const ms = (description: string) => open(z.number().check(z.gte(0)), description);
const percent = (description: string) => open(z.number().check(z.gte(0), z.lte(100)), description);
const octet = (description: string) => open(z.int().check(z.gte(0), z.lte(255)), description);
const port = (description: string) => open(z.int().check(z.gte(0), z.lte(65_535)), description);
const flag = (description: string) => open(z.boolean(), description);
const just = <const T extends string | true>(value: T, description: string) => open(z.literal(value), description);
const family = (description: string) => open(z.union([z.literal(4), z.literal(6)]), description);

/** An ISO 8601 time. */
function time(description: string) {
  const field = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/));
  return open(field, description);
}

/** What the kernel, or a library, calls an error: `ECONNREFUSED`, `ERR_SSL_UNSUPPORTED_PROTOCOL`. Other words are hidden. */
function errorName(description: string) {
  return word(description, 'text', ERROR_NAME);
}

function addresses(description: string) {
  return list(address('An address.'), description);
}

function transport(description: string) {
  return oneOf(['tcp', 'udp'], description);
}

/** What every entry of the evidence carries. */
function timed() {
  return {
    startedAt: time('When the measurement began.'),
    durationMs: ms('How long it took, in ms.'),
    equivalent: text('The command that a person would type to see the same.', 'sentence'),
    cutShort: optional(
      just(
        true,
        'The deadline or the user ended it early: what is missing was not measured, and no outcome is read from it.',
      ),
    ),
  };
}

function method(description = 'Which rung of the ladder of engines measured.') {
  return oneOf(['raw', 'kernel', 'system', 'sockets'], description);
}

const ERROR_NAME = /^(?:[A-Z][A-Z0-9_]{1,63}|malformed)$/;

const TOOL_NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** What stands in the way of a measurement, or of a part of it. */
function obstacle(description: string) {
  return object(
    {
      code: oneOf(OBSTACLE_CODES, 'What it is.'),
      tool: optional(word('A program, an engine or a package of npm.', 'text', TOOL_NAME)),
      place: optional(word('The machine, container or pod, as `--from` and `--on` write it.', 'vantage')),
      said: optional(text('An errno name, a version, or the words of somebody else.', 'text', ERROR_NAME)),
      command: optional(word('The command that would show it.', 'sentence')),
      setting: optional(
        word('What is set: the two numbers of net.ipv4.ping_group_range.', 'text', /^\d{1,10} \d{1,10}$/),
      ),
      count: optional(count("Sockets or lines; the user's group; an exit code.")),
      port: optional(port('The port that it is about.')),
      protocol: optional(transport('The protocol of that port.')),
    },
    description,
  );
}

/** Why something could not be measured; a report of before there were codes has a sentence instead. */
function obstacles() {
  return {
    obstacles: withDefault(list(obstacle('One of them.'), 'What stands in the way, the best engine first.'), []),
    hint: optional(text('The same as an English sentence, in reports of versions before 0.2.')),
  };
}

function unavailable() {
  return object(
    {
      reason: oneOf(
        ['not-permitted', 'not-installed', 'not-supported', 'shared-limit'],
        'Of what kind the obstacle is; `shared-limit`: the other targets of the run had used up what routers may be asked.',
      ),
      ...obstacles(),
    },
    'Why it could not be measured. Never a negative result.',
  );
}

function rttMs(description: string) {
  return object(
    {
      min: ms('The least, in ms.'),
      median: ms('The median, in ms.'),
      avg: ms('The mean, in ms.'),
      max: ms('The greatest, in ms.'),
      stddev: ms('The standard deviation of the population, in ms.'),
    },
    description,
  );
}

function icmpErrorKeys() {
  return {
    kind: oneOf(
      [
        'network-unreachable',
        'host-unreachable',
        'protocol-unreachable',
        'port-unreachable',
        'packet-too-big',
        'prohibited',
        'other-unreachable',
        'time-exceeded',
        'parameter-problem',
      ],
      'What it says, one word for both families.',
    ),
    from: address('Who sent it.'),
    type: octet('The ICMP or ICMPv6 type.'),
    code: octet('The ICMP or ICMPv6 code.'),
  };
}

function icmpError(description: string) {
  return object(icmpErrorKeys(), description);
}

function countedErrors(description: string) {
  const error = object(
    { ...icmpErrorKeys(), count: count('How often it was seen.') },
    'An error and how often it came.',
  );
  return list(error, description);
}

/** What the schemas of the evidence and of the report are made of. */
export const FIELDS = {
  text,
  word,
  address,
  addresses,
  list,
  object,
  nullable,
  optional,
  withDefault,
  oneOf,
  oneOfOrOwn,
  count,
  ms,
  percent,
  octet,
  port,
  flag,
  just,
  family,
  time,
  errorName,
  transport,
  timed,
  method,
  unavailable,
  obstacle,
  obstacles,
  rttMs,
  icmpError,
  countedErrors,
} as const;

export type Fields = typeof FIELDS;
