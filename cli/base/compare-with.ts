import { compare, type Finding, judge, type Policy } from '@chirograph/contract/compat';
import type { Diagnostic } from '@chirograph/contract/diagnostics';
import type { Workspace } from '@chirograph/contract/model';
import { readApprovals } from '../approvals/approvals.ts';
import type { Values } from '../commands/command.ts';
import { openState, openWorkspace } from '../commands/open-workspace.ts';
import type { Settings } from '../config/read-config.ts';
import { Failure } from '../exit.ts';
import type { Io } from '../terminal/io.ts';
import { openBase } from './open-base.ts';
import { tagsBefore } from './tags.ts';

/** What came of holding the workspace against a base. */
export interface Compared {
  readonly base: Workspace;
  readonly head: Workspace;
  readonly findings: readonly Finding[];
  /** What the base is called. */
  readonly against: string;
}

/**
 * Holds the contracts of the workspace against those of a base, and of earlier releases where a mode asks for it.
 * @param to what to look at in place of the workspace on disk
 */
export async function compareWith(
  settings: Settings,
  against: string,
  values: Values,
  io: Io,
  to?: string,
): Promise<Compared> {
  const opened = openBase(settings, io.cwd, against);
  if (opened.reader.entries.length === 0) {
    io.err(`There are no contracts in ${opened.name}: everything is new.\n`);
  }
  const { workspace: head, diagnostics } =
    to === undefined
      ? await openWorkspace(settings, values, io)
      : await openState(openBase(settings, io.cwd, to), settings, values, io);
  const { workspace: base, diagnostics: former } = await openState(opened, settings, values, io);
  const [hole] = diagnostics.filter(isHole);
  if (hole) {
    throw new Failure(
      `what cannot be read cannot be compared: ${hole.message} (${hole.at.file})`,
      'Mend it first: chirograph validate',
    );
  }
  const holes = former.filter(isHole);
  if (holes.length > 0) {
    const [first] = holes;
    io.err(
      `${opened.name} holds what cannot be read, and is compared without it: ${first?.message} (${first?.at.file})${holes.length > 1 ? ` and ${holes.length - 1} more` : ''}\n`,
    );
  }
  const policy: Policy = {
    ...settings.compat,
    approvals: readApprovals(settings),
    today: new Date().toISOString().slice(0, 10),
  };
  const findings = judge({ base, head, changes: compare(base, head) }, policy);
  const earlier = isTransitive(policy) ? await earlierFindings(settings, head, policy, values, io) : [];
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  return {
    base,
    head,
    findings: [...findings, ...earlier.filter(({ fingerprint }) => !known.has(fingerprint))],
    against: opened.name,
  };
}

/** A fault that leaves a hole in the model. What is not there would look as if it were allowed. */
function isHole({ severity, code }: Diagnostic): boolean {
  return severity === 'error' && /^(file|reference)\//.test(code);
}

/** What breaks against older releases, for those messages whose mode looks further back than one step. */
async function earlierFindings(
  settings: Settings,
  head: Workspace,
  policy: Policy,
  values: Values,
  io: Io,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const tag of tagsBefore(settings)) {
    const { workspace: base } = await openState(openBase(settings, io.cwd, tag), settings, values, io);
    const breaks = judge({ base, head, changes: compare(base, head) }, policy).filter(
      ({ severity, change }) => severity === 'error' && looksBack(change.subject, head, policy),
    );
    findings.push(...breaks.map((it) => ({ ...it, note: `Against ${tag}, as the transitive mode asks.` })));
  }
  return findings;
}

function looksBack(
  { domain, head: id }: Finding['change']['subject'],
  head: Workspace,
  { mode, domains, messages }: Policy,
): boolean {
  const name = head.messages.find((it) => it.id === id)?.name ?? '';
  const own = messages?.[name]?.mode ?? domains?.[domain]?.mode ?? mode;
  return own?.endsWith('_TRANSITIVE') ?? false;
}

function isTransitive({ mode, domains = {}, messages = {} }: Policy): boolean {
  const modes = [mode, ...[...Object.values(domains), ...Object.values(messages)].map((it) => it.mode)];
  return modes.some((it) => it?.endsWith('_TRANSITIVE'));
}
