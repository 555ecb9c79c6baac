import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { messages2, operations2 } from './operations-2.ts';
import { type DocumentRule, entriesOf, type Follow, type Part, partAt } from './rule.ts';

/** `operationId` and `messageId` are unique within a document (AsyncAPI 2, "Operation Object", "Message Object"). */
export const idsUnique: DocumentRule = {
  codes: ['operation/duplicate-id', 'message/duplicate-id', 'message/id-reused'],
  versions: [2],
  *check(document, follow) {
    const operations = operations2(document, follow).map((part) => ({ use: part, definition: part }));
    yield* duplicates(operations, 'operationId', follow);
    const messages = messages2(document, follow).map(({ use, message }) => ({ use, definition: message }));
    yield* duplicates(messages, 'messageId', follow);
  },
};

interface Used {
  readonly use: Part;
  readonly definition: Part;
}

function* duplicates(
  used: readonly Used[],
  key: 'operationId' | 'messageId',
  follow: Follow,
): Iterable<Diagnostic> {
  const first = new Map<string, Used>();
  const reused = new Set<string>();
  for (const it of used) {
    const id = idOf(it.definition, key, follow);
    if (!id || typeof id.value !== 'string') continue;
    const other = first.get(id.value);
    if (!other) {
      first.set(id.value, it);
      continue;
    }
    const related = [{ message: 'the first one', at: other.use.at }];
    if (key === 'operationId') yield diagnose('operation/duplicate-id', id.at, { id: id.value }, related);
    else if (other.definition.value !== it.definition.value)
      yield diagnose('message/duplicate-id', id.at, { id: id.value }, related);
    else if (!reused.has(id.value)) {
      reused.add(id.value);
      yield diagnose('message/id-reused', it.use.at, { id: id.value }, related);
    }
  }
}

/** The id of a trait wins over the own one; the last trait wins over the others. */
function idOf(definition: Part, key: string, follow: Follow): Part | undefined {
  const traits = entriesOf(partAt(definition, 'traits')).toReversed();
  for (const { part } of traits) {
    const trait = follow(part);
    const id = trait && partAt(trait, key);
    if (id && typeof id.value === 'string') return id;
  }
  return partAt(definition, key);
}
