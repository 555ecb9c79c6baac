import { type Approval, compare, type Finding, judge, type Policy } from '@chirograph/compat';
import type { Diagnostic } from '@chirograph/contract/diagnostics';
import { isDocument } from '@chirograph/contract/load';
import type { Workspace } from '@chirograph/contract/model';
import { readApprovals, today } from '../approvals/approvals.ts';
import { openBase } from '../base/open-base.ts';
import { tagsBefore } from '../base/tags.ts';
import { isOfNeighbour } from '../config/neighbour.ts';
import type { Settings } from '../config/read-config.ts';
import { CommandError } from '../exit.ts';
import { readerFor } from '../files/reader-for.ts';
import { type LeftOut, positionOf } from '../report/compat-report.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { checkNames } from './check-names.ts';
import { isAside } from './neighbour-faults.ts';
import { estateOpener, openEstateOf } from './open-workspace.ts';

/** What came of holding the workspace against a base. */
export interface Compared {
  readonly base: Workspace;
  readonly head: Workspace;
  readonly findings: readonly Finding[];
  /** What the base is called. */
  readonly against: string;
  /** What could not be read, and is left out with all that rests on it. The comparison has not passed. */
  readonly leftOut: readonly LeftOut[];
  /** Approvals that are of no change here. */
  readonly unused: readonly Approval[];
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
  const options = { allowNew: values.allowNew === true };
  // A path of the config is told from the config, one of the command line from where it was typed.
  const opened = await openBase(settings, against, {
    from: values.against === undefined ? settings.root : io.cwd,
    ...options,
  });
  if (opened.reader.entries.length === 0) {
    io.err(`There are no contracts in ${opened.name}: everything is new.\n`);
  }
  const { workspace: head, diagnostics } =
    to === undefined
      ? await (await estateOpener(settings, values, io))(readerFor(settings, io.cwd, []))
      : await openEstateOf(await openBase(settings, to, { from: io.cwd, ...options }), settings, values, io);
  const { workspace: base, diagnostics: former } = await openEstateOf(opened, settings, values, io);
  refuseUnlisted(diagnostics, undefined);
  refuseUnlisted(former, opened.name);
  checkNames(settings, [base, head]);
  const approvals = readApprovals(settings);
  const policy: Policy = { ...settings.compat, approvals, today: today() };
  const findings = judge({ base, head, changes: compare(base, head) }, policy);
  const leftOut = [
    ...leftOutOf(settings, head, diagnostics, undefined),
    ...leftOutOf(settings, base, former, opened.name),
  ];
  const earlier = isTransitive(policy)
    ? await earlierFindings(settings, head, policy, values, io)
    : { findings: [], leftOut: [] };
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  const all = [...findings, ...earlier.findings.filter(({ fingerprint }) => !known.has(fingerprint))];
  const found = new Set(all.map(({ fingerprint }) => fingerprint));
  return {
    base,
    head,
    findings: all,
    against: opened.name,
    leftOut: [...leftOut, ...earlier.leftOut],
    // Where nothing changed they say nothing: those of a branch are held against its commits one by one, too.
    unused: found.size === 0 ? [] : approvals.filter(({ fingerprint }) => !found.has(fingerprint)),
  };
}

/** Of a folder that cannot be listed nobody knows which contracts are in it: all of them would look as if they were gone. */
function refuseUnlisted(diagnostics: readonly Diagnostic[], state: string | undefined): void {
  const first = diagnostics.find((it) => it.code === 'file/unreadable' && !isDocument(it.at.file));
  if (!first) return;
  throw state === undefined
    ? new CommandError(
        `what cannot be read cannot be compared: ${first.message}`,
        'Fix it first: chirograph validate',
      )
    : new CommandError(
        `what cannot be read in ${state} cannot be compared with: ${first.message}`,
        'Compare with another state, one that can be read: an earlier one (--against HEAD~2), or this one once it is fixed.',
      );
}

/** Files that cannot be read, references that do not resolve: what rests on them is left out, and said to be. Neighbours have one state. */
function leftOutOf(
  settings: Settings,
  workspace: Workspace,
  diagnostics: readonly Diagnostic[],
  state: string | undefined,
): LeftOut[] {
  const isBeside = isAside(settings, workspace);
  return diagnostics
    .filter((it) => isHole(it) && (state === undefined || !isOfNeighbour(settings, it.at.file)))
    .map((diagnostic) => ({
      state,
      place: placeText(workspace, diagnostic),
      diagnostic,
      ...(isBeside(diagnostic) && { isAside: true as const }),
    }));
}

/** `file:line:column`, as every finding has it. */
function placeText({ sources }: Workspace, { at }: Diagnostic): string {
  const { file, line, column } = positionOf(sources, at);
  return `${file}:${line}:${column}`;
}

/** A fault that leaves a hole in the model. What is not there would look as if it were allowed. */
export function isHole({ severity, code }: Diagnostic): boolean {
  return severity === 'error' && /^(file|reference)\//.test(code);
}

/** What breaks against older releases, for those messages whose mode looks further back than one step. */
async function earlierFindings(
  settings: Settings,
  head: Workspace,
  policy: Policy,
  values: Values,
  io: Io,
): Promise<Pick<Compared, 'findings' | 'leftOut'>> {
  const found: Finding[] = [];
  const leftOut: LeftOut[] = [];
  for (const release of settings.compat.versions ?? tagsBefore(settings)) {
    const from = settings.root;
    const opened = await openBase(settings, release, { from, allowNew: values.allowNew === true });
    const { workspace: base, diagnostics } = await openEstateOf(opened, settings, values, io);
    refuseUnlisted(diagnostics, release);
    leftOut.push(...leftOutOf(settings, base, diagnostics, release));
    const breaks = judge({ base, head, changes: compare(base, head) }, policy).filter(
      ({ severity, change }) => severity === 'error' && looksBack(change.subject, head, policy),
    );
    const note = `Against ${release}, as the transitive mode asks.`;
    found.push(...breaks.map((it) => ({ ...withoutBase(it), note })));
  }
  // What breaks against several releases is told of the first of them, message by message.
  const byCause = Map.groupBy(found, (it) => `${it.fingerprint} ${it.change.subject.label}`);
  return { findings: [...byCause.values()].flatMap(([first]) => (first ? [first] : [])), leftOut };
}

/** Places of an earlier release are not those of the base, whose lines the report shows. */
function withoutBase({ base: _, ...finding }: Finding): Finding {
  const { base: __, ...change } = finding.change;
  return { ...finding, change };
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
