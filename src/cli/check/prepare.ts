import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Family } from '../../domain/address.ts';
import { DEFAULT_THRESHOLDS } from '../../domain/reading.ts';
import type { Target } from '../../domain/target.ts';
import { renderDiagnostic } from '../../flow/file/render-diagnostic.ts';
import type { ChoiceInput, Flow } from '../../flow/flow.ts';
import { handAnswers } from '../../flow/hand-answers.ts';
import { nearest } from '../../flow/nearest.ts';
import { parseTarget } from '../../session/parse-target.ts';
import type { SessionOptions } from '../../session/tasks/session-options.ts';
import { servicePort } from '../../system/host/services.ts';
import { readFlow } from '../catalogue/flow-files.ts';
import { UserError } from '../common/user-error.ts';
import { type CheckOptions, familiesOf, languageOf } from '../options/check-options.ts';
import { targetSockets } from './target-sockets.ts';
import { vantagesOf } from './vantages-of.ts';

/** Turns a command line into a session's options. Sends nothing; every mistake is told before anything is. */
export async function prepare(target: string, options: CheckOptions): Promise<SessionOptions> {
  const { flow, ...rest } = await prepareRun(options, target);
  return { ...rest, flow, target: readTarget(target, options, flow) };
}

/** What all targets of a run have in common. `first`: a target that is judged before the flow is read. */
export async function prepareRun(options: CheckOptions, first: string | null): Promise<Omit<SessionOptions, 'target'>> {
  if (first !== null) parsed(first);
  if (options.ipv4 && options.ipv6)
    throw new UserError('-4 and -6 exclude each other.', 'Leave both out to use both families.');
  targetSockets(options);
  vantagesOf(options);
  await refuseUnwritable(options.save);
  await refuseUnwritable(options.output);
  const families = familiesOf(options);
  if (first !== null) requireFamily(parsed(first), families);
  const flow = await loadFlow(options.flow);
  checkAnswers(flow, options);
  return {
    flow,
    families,
    deadlineMs: options.deadline * 1000,
    elapsedMs: performance.now(),
    count: options.count,
    answers: options.answer,
    thresholds: DEFAULT_THRESHOLDS,
    lang: languageOf(options, process.env),
  };
}

/** A target that the flow can ask about; what is wrong with any other is told. */
export function readTarget(input: string, options: CheckOptions, flow: Flow): Target {
  const target = parsed(input);
  requireFamily(target, familiesOf(options));
  requireTcpPort(flow, target);
  return target;
}

function parsed(input: string): Target {
  const found = parseTarget(input, servicePort);
  if (found.kind === 'invalid') throw new UserError(`${found.message}.`, `A target looks like ${found.example}`);
  return found.target;
}

function requireFamily({ literal }: Target, families: readonly Family[]): void {
  if (literal === null || families.includes(literal.includes(':') ? 6 : 4)) return;
  throw new UserError(`${literal} is not an IPv${families[0]} address.`, `Leave out -${families[0]}, or name a host.`);
}

async function loadFlow(nameOrPath: string): Promise<Flow> {
  const read = await readFlow(nameOrPath);
  switch (read.kind) {
    case 'ok':
      return read.flow;
    case 'not-found':
      throw new UserError(
        `there is no flow ${JSON.stringify(nameOrPath)}.`,
        read.nearest === null ? `Known flows: ${read.known.join(', ')}` : `Did you mean ${read.nearest}?`,
      );
    case 'invalid':
      throw new UserError(`the flow is not valid.\n${read.diagnostics.map(renderDiagnostic).join('\n')}`);
  }
}

function checkAnswers(flow: Flow, options: CheckOptions): void {
  for (const [id, value] of options.answer) {
    const question = Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined;
    if (question === undefined) {
      throw new UserError(
        `the flow ${flow.name} asks no question ${JSON.stringify(id)}.`,
        `Of a person it asks: ${askedOf(flow).join(', ') || 'nothing'}. netwhy flows show ${flow.name} has all.`,
      );
    }
    const choices =
      question.kind === 'ask'
        ? Object.keys(question.choices)
        : handAnswers(question).flatMap(({ outcomes }) => outcomes);
    if (!choices.includes(value)) {
      const near = nearest(value, choices);
      throw new UserError(
        `${JSON.stringify(value)} is no answer to ${id}.`,
        near === null ? `Answers: ${choices.join(', ')}` : `Did you mean ${near}?`,
      );
    }
    if (question.kind === 'ask') requireInput(`${id}=${value}`, question.choices[value]?.input ?? null, options);
  }
}

function askedOf(flow: Flow): readonly string[] {
  return Object.values(flow.nodes).flatMap((node) => (node.kind === 'ask' ? [node.id] : []));
}

/** A flow that shakes hands by TLS has nothing to do without a port of TCP. */
function requireTcpPort(flow: Flow, { scheme, host, port }: Target): void {
  if (!Object.values(flow.nodes).some((node) => node.kind === 'probe' && node.probe === 'tls')) return;
  const example = `${host.includes(':') ? `[${host}]` : host}:${port ?? 443}`;
  if (port === null) throw new UserError(`the flow ${flow.name} needs a port.`, `Name it: ${example}`);
  if (scheme === 'udp') throw new UserError(`the flow ${flow.name} is about TCP.`, `Without udp://: ${example}`);
}

/** What the wizard asks for along with a choice is an option of the command line. */
function requireInput(answer: string, input: ChoiceInput | null, { on, sockets }: CheckOptions): void {
  if (input === 'sockets' && sockets === undefined)
    throw new UserError(`--answer ${answer} needs what was pasted.`, 'Give it with --sockets FILE, or - for stdin.');
  if (input === 'vantage' && on === undefined)
    throw new UserError(`--answer ${answer} needs a place to look at.`, 'Give it with --on ssh://host.');
}

/** A report that cannot be saved is told before anything is sent, not after. */
async function refuseUnwritable(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  try {
    await access(dirname(file), constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `the report cannot be saved in ${dirname(file)} (${code}).`,
      'Name a file in a folder that you may write to.',
    );
  }
}
