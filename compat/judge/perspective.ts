import type { Workspace } from '@chirograph/contract/model';
import type { States } from './affected-operations.ts';
import type { Finding } from './finding.ts';

/**
 * A finding that rests on a document's being read from the client's side says so: read by the standard, who sends would be
 * who receives.
 */
export function withPerspective({ base, head }: States, finding: Finding): Finding {
  if (finding.verdict === 'safe') return finding;
  const { change, impacts } = finding;
  const files = new Set([
    ...[change.base, change.head].flatMap((it) => it?.file ?? []),
    ...impacts.flatMap(({ operations }) => operations.map(({ at }) => at.file)),
  ]);
  const text = perspectiveText([base, head], files);
  return text === '' ? finding : { ...finding, note: [finding.note, text].filter(Boolean).join(' ') };
}

/** Which of the documents are read from the client's side, as a sentence; empty where none is. */
export function perspectiveText(workspaces: readonly Workspace[], files: ReadonlySet<string>): string {
  const names = workspaces.flatMap(({ services }) =>
    services.flatMap(({ at, perspective }) => (perspective && files.has(at.file) ? [at.file] : [])),
  );
  const once = [...new Set(names)].sort();
  if (once.length === 0) return '';
  return `${once.join(' and ')} ${once.length > 1 ? 'are' : 'is'} read from the client's side (perspective): \`publish\` is what it sends.`;
}
