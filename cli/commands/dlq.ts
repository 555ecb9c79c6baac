import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type {
  DeadLetter,
  DeadLetterFilter,
  DeadLetterReason,
  DeadLetters,
  WireMessage,
} from '@chirograph/runtime';
import { CommandError, EXIT, type ExitCode } from '../exit.ts';
import { ageText, durationOf, limitOf } from '../operate/duration.ts';
import { bodyJson, headJson, letterJson } from '../operate/message-json.ts';
import { withStore } from '../operate/open-store.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { visible, visibleLines } from '../terminal/visible.ts';
import { count, table } from '../terminal/words.ts';
import type { Run } from './command.ts';

/** `chirograph dlq`: dead letters of all services that share a store, looked at and put right. */
export const run: Run = async ([action = '', ...ids], values, io) => {
  const act = ACTIONS[action];
  if (!act)
    throw new CommandError(
      `there is no action \`${action}\``,
      `There are ${Object.keys(ACTIONS).join(', ')}.`,
    );
  return withStore(values, io, async (store) => {
    const { deadLetters } = await import('@chirograph/runtime');
    return act({ letters: deadLetters(store), ids, values, io });
  });
};

interface Request {
  readonly letters: DeadLetters;
  readonly ids: readonly string[];
  readonly values: Values;
  readonly io: Io;
}

const ACTIONS: Readonly<Record<string, (request: Request) => Promise<ExitCode>>> = {
  list,
  show,
  redrive: (request) => change(request, 'redrive', 'redriven'),
  drop: (request) => change(request, 'drop', 'dropped'),
  edit,
  export: exported,
};

const PAGE = 200;

async function list({ letters, ids, values, io }: Request): Promise<ExitCode> {
  if (ids.length > 0) throw new CommandError('list takes no ids', 'Use: chirograph dlq show <id>');
  const limit = limitOf('--limit', values.limit);
  // One more, to know whether there are more.
  const found = await letters.list({ ...filterOf(values), limit: limit + 1 });
  const page = found.slice(0, limit);
  const next = found.length > limit ? page.at(-1)?.id : undefined;
  if (values.json) {
    io.out(`${JSON.stringify({ deadLetters: page.map(letterJson), next }, null, 2)}\n`);
    return EXIT.clean;
  }
  if (page.length === 0) io.out('no dead letters\n');
  else
    io.out(
      `${table([['ID', 'SERVICE', 'MESSAGE', 'REASON', 'AGE', 'WAITING', 'KEY'], ...page.map(rowOf)])}\n`,
    );
  if (next) io.err(`There are more: --after ${next}\n`);
  return EXIT.clean;
}

function rowOf({ id, consumer, message, reason, diedAt, waiting, key }: DeadLetter): readonly string[] {
  const name = `${message.name ?? message.channel}${message.version === undefined ? '' : ` ${message.version}`}`;
  return [
    id,
    visible(consumer),
    visible(name),
    reason,
    ageText(Date.now() - diedAt),
    String(waiting),
    visible(key ?? '-'),
  ];
}

async function show({ letters, ids, values, io }: Request): Promise<ExitCode> {
  const [id] = idsOf(ids, 'show');
  const found = await letters.show(id);
  if (!found) return missing(io, id);
  const { letter, behind } = found;
  const body: Partial<Record<'body' | 'bodyBase64', string>> = values.body
    ? bodyJson(letter.message.body)
    : {};
  if (values.json) {
    const waiting = behind.map((it) => ({ ...headJson(it), ...(values.body ? bodyJson(it.body) : {}) }));
    io.out(`${JSON.stringify({ ...letterJson(letter), ...body, behind: waiting }, null, 2)}\n`);
    return EXIT.clean;
  }
  io.out(`${textOf(letter)}\n`);
  if (body.body !== undefined) io.out(`\n${visibleLines(body.body)}\n`);
  if (body.bodyBase64 !== undefined) io.out(`\nbase64: ${body.bodyBase64}\n`);
  if (behind.length > 0) {
    io.out(`\nwaiting behind it\n`);
    io.out(
      `${table(behind.map((it) => [`  ${visible(it.name ?? it.channel)}`, visible(it.version ?? ''), visible(it.id)]))}\n`,
    );
  }
  return EXIT.clean;
}

function textOf(letter: DeadLetter): string {
  const { id, consumer, message, reason, attempts, diedAt, key, failure, waiting, size } = letter;
  const lines = [
    ['id', id],
    ['service', consumer],
    ['message', `${message.name ?? '(no name)'} ${message.version ?? ''}`.trim()],
    ['channel', message.channel],
    ['message id', message.id],
    ['key', key ?? '-'],
    ['reason', reason],
    ['error', failure ? `${failure.error}: ${failure.message}` : '-'],
    ['attempts', String(attempts)],
    ['since', new Date(diedAt).toISOString()],
    ['waiting', String(waiting)],
    ['body', `${size} bytes of ${message.contentType}`],
    ...Object.entries(message.headers).map(([name, value]) => [`header ${name}`, value]),
    ...(failure?.violations ?? []).map((it) => [
      `at ${it.pointer || 'the payload'}`,
      `should be ${it.expected}, found ${it.found} (${it.rule})`,
    ]),
  ];
  return table(lines.map(([name = '', value = '']) => [visible(name), visible(value)]));
}

/** Redrives or drops those that are named, or all that the filters let through, in the order in which they died. */
async function change(
  { letters, ids, values, io }: Request,
  action: 'redrive' | 'drop',
  done: string,
): Promise<ExitCode> {
  const isAll = values.all === true;
  if (isAll === ids.length > 0)
    throw new CommandError(
      `${action} needs the ids of dead letters, or --all with filters`,
      `Use: chirograph dlq ${action} d-7 d-12, or chirograph dlq ${action} --all --service billing`,
    );
  const changed: { readonly id: string; readonly waiting: number }[] = [];
  const absent: string[] = [];
  for await (const id of isAll ? allIds(letters, filterOf(values)) : ids) {
    const result = action === 'redrive' ? await letters.redrive(id) : await letters.discard(id);
    // One that a filter found may have been taken by someone else meanwhile.
    if (result) changed.push({ id, ...result });
    else if (!isAll) absent.push(id);
  }
  if (values.json) io.out(`${JSON.stringify({ [done]: changed, absent }, null, 2)}\n`);
  else {
    const waiting = changed.reduce((sum, it) => sum + it.waiting, 0);
    const behind =
      waiting > 0 ? `, and ${count(waiting, 'message')} behind ${changed.length === 1 ? 'it' : 'them'}` : '';
    io.out(`${done} ${count(changed.length, 'dead letter')}${behind}\n`);
  }
  for (const id of absent) missing(io, id);
  return absent.length > 0 ? EXIT.findings : EXIT.clean;
}

async function* allIds(letters: DeadLetters, filter: DeadLetterFilter): AsyncGenerator<string> {
  let after = filter.after;
  for (;;) {
    const page = await letters.list({ ...filter, after, limit: PAGE });
    for (const { id } of page) yield id;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id;
  }
}

async function edit({ letters, ids, values, io }: Request): Promise<ExitCode> {
  const [id] = idsOf(ids, 'edit');
  if (typeof values.body !== 'string')
    throw new CommandError(
      'edit needs the new body',
      'Use: chirograph dlq edit d-7 --body fixed.json, or --body - for standard input',
    );
  const body =
    values.body === '-' ? Buffer.from(await io.readStdin()) : readFileSync(resolve(io.cwd, values.body));
  const before = await letters.show(id);
  if (!before) return missing(io, id);
  const { consumer, message } = before.letter;
  if (/[/+]json\s*(;|$)/i.test(message.contentType)) assertJson(body, values.body);
  const problems = values.force === true ? [] : await problemsOf({ ...message, body }, consumer, values, io);
  if (problems.length > 0) {
    io.err(`the new body (${values.body}) is not what ${visible(consumer)} takes:\n`);
    for (const it of problems) io.err(`  ${visible(it)}\n`);
    io.err(`${visible(id)} is as it was. To change it all the same: --force\n`);
    return EXIT.findings;
  }
  const changed = await letters.edit(id, { body });
  if (!changed) return missing(io, id);
  if (values.json) io.out(`${JSON.stringify({ edited: [{ id, ...changed }] }, null, 2)}\n`);
  else io.out(`edited ${id}; have it tried again with: chirograph dlq redrive ${id}\n`);
  return EXIT.clean;
}

/** What is wrong with the message by its contract. Throws a CommandError where no contract is at hand: what was not checked has not passed. */
async function problemsOf(
  message: WireMessage,
  consumer: string,
  values: Values,
  io: Io,
): Promise<readonly string[]> {
  const { readSettings } = await import('../config/read-config.ts');
  const { openWorkspace } = await import('../workspace/open-workspace.ts');
  const { checkMessage } = await import('@chirograph/mock');
  const workspace = await readSettings(io.cwd, optional(values.config))
    .then((settings) => openWorkspace(settings, values, io))
    .then((loaded) => loaded.workspace)
    .catch((error: unknown) => {
      // A config that is named must be there; that there are no contracts here is no fault.
      if (!(error instanceof CommandError) || values.config !== undefined) throw error;
      return undefined;
    });
  const checked = workspace && (await checkMessage(workspace, message, consumer));
  if (!checked)
    throw new CommandError(
      `the new body was not checked against its contract: there is none of ${message.name ?? message.channel} here`,
      'Run it where the contracts are, or name their --config. To change it unchecked: --force',
    );
  if (checked.kind !== 'known') return [checked.problem];
  return checked.violations.map(
    ({ pointer, rule, expected, found }) =>
      `${pointer || 'the message'} should be ${expected}, found ${found} (${rule})`,
  );
}

function assertJson(body: Uint8Array, from: string): void {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new CommandError(
      `the new body (${from}) is not JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** One line of JSON for each, with its body. */
async function exported({ letters, ids, values, io }: Request): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  for await (const id of ids.length > 0 ? ids : allIds(letters, filterOf(values))) {
    const found = await letters.show(id);
    if (found)
      io.out(`${JSON.stringify({ ...letterJson(found.letter), ...bodyJson(found.letter.message.body) })}\n`);
    else if (ids.length > 0) code = missing(io, id);
  }
  return code;
}

function missing(io: Io, id: string): ExitCode {
  io.err(`no dead letter ${visible(id)}: it was redriven or dropped before, or never was\n`);
  return EXIT.findings;
}

function idsOf(ids: readonly string[], action: string): readonly [string] {
  const [id, ...more] = ids;
  if (id === undefined || more.length > 0)
    throw new CommandError(`${action} takes the id of one dead letter`, `Use: chirograph dlq ${action} d-7`);
  return [id];
}

function filterOf({ service, message, reason, key, olderThan, after }: Values): DeadLetterFilter {
  return {
    consumer: optional(service),
    name: optional(message),
    reason: optional(reason) as DeadLetterReason | undefined,
    key: optional(key),
    after: optional(after),
    deadBefore:
      olderThan === undefined ? undefined : Date.now() - durationOf('--older-than', String(olderThan)),
  };
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
