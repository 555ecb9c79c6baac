import type { NodeId, Workspace } from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import type { States } from './affected-operations.ts';
import type { Finding } from './finding.ts';

/**
 * A finding that rests on a document's being read from the client's side says so: read by the standard, who sends would be
 * who receives.
 */
export function withPerspective(
  states: States & { readonly changes: readonly Change[] },
  finding: Finding,
): Finding {
  const { base, head } = states;
  if (finding.verdict === 'safe') return finding;
  const { change, impacts } = finding;
  const files = new Set([
    ...[change.base, change.head].flatMap((it) => it?.file ?? []),
    ...impacts.flatMap(({ operations }) => operations.map(({ at }) => at.file)),
  ]);
  const text = perspectiveText([base, head], files) || turnedText(finding.change, states);
  return text === '' ? finding : { ...finding, note: [finding.note, text].filter(Boolean).join(' ') };
}

/**
 * Who turned round between AsyncAPI 2 and 3: often the author of the older document meant what clients do, and nothing
 * changed. Says how to say so; empty where the change is another.
 */
function turnedText(
  { code, subject, base: place }: Change,
  { base, head, changes }: States & { readonly changes: readonly Change[] },
): string {
  const [, action] = /^operation\/(send|receive)-removed$/.exec(code) ?? [];
  const [, key] = /\/(publish|subscribe)$/.exec(place?.pointer ?? '') ?? [];
  if (!action || !key) return '';
  const opposite = action === 'send' ? 'operation/receive-added' : 'operation/send-added';
  const former = namesOf(base, subject.messages?.base);
  const hasTurned = changes.some(
    (it) =>
      it.code === opposite &&
      it.subject.domain === subject.domain &&
      it.subject.label === subject.label &&
      it.head?.pointer.startsWith('/operations/') &&
      namesOf(head, it.subject.messages?.head).some((name) => former.includes(name)),
  );
  if (!hasTurned) return '';
  return `\`${key}\` of AsyncAPI 2 is what the service ${action}s. If it was written from the client's side, nothing changed: say \`documents: { '${place?.file}': { perspective: 'client' } }\` in the config.`;
}

function namesOf({ messages }: Workspace, ids: readonly NodeId[] = []): string[] {
  return messages.flatMap(({ id, name, version }) => (ids.includes(id) ? [`${name} ${version}`] : []));
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
