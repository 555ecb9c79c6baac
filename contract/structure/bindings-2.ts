import { type Evaluator, evaluator, type Fault, isObject, type References } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import { describeFaults, type WrittenAt } from './describe.ts';
import { messages2, operations2 } from './rules/operations-2.ts';
import { entriesOf, type Follow, type Part, partAt } from './rules/rule.ts';
import { readBindings } from './table.ts';

/** What carries bindings, as the files of the official schemas name it. */
type Kind = 'server' | 'channel' | 'operation' | 'message';

/**
 * Checks the bindings of AsyncAPI 2 documents against the official schemas of their protocols, by `bindingVersion`. The
 * meta-schemas of AsyncAPI 2 take anything there, and so does the official parser: what is wrong is a warning. Where no
 * version is given, a binding that any version would take is right.
 */
export function checkBindings(
  document: Part,
  follow: Follow,
  references: References['follow'],
  writtenAt: WrittenAt,
): Diagnostic[] {
  return carriers(document, follow).flatMap(({ kind, part }) => {
    const bindings = follow(part);
    if (!bindings || !isObject(bindings.value)) return [];
    return entriesOf(bindings).flatMap(({ key, part: written }) => {
      const binding = follow(written);
      if (!binding || !isObject(binding.value)) return [];
      const faults = faultsOf(key === 'ws' ? 'websockets' : key, kind, binding, references);
      return describeFaults(faults, writtenAt).map(({ at, message, note, mend }) =>
        diagnose('binding/invalid', at, { message, note, mend }),
      );
    });
  });
}

let schemas: { readonly names: readonly string[]; readonly evaluate: Evaluator } | undefined;

function faultsOf(
  protocol: string,
  kind: Kind,
  { value, at }: Part,
  references: References['follow'],
): readonly Fault[] {
  schemas ??= bindingSchemas();
  const { names, evaluate } = schemas;
  const wanted = isObject(value) ? value.bindingVersion : undefined;
  const meant = names.filter((name) => {
    const [, of, version, what] = name.split('/');
    const isWanted = wanted === undefined || wanted === 'latest' || wanted === version;
    return of === protocol && what === kind && isWanted;
  });
  const accounts = meant.map(($ref) => evaluate.faultsOf({ $ref }, value, at, references));
  return accounts.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

/** The newest version comes first: it speaks where several are equally far from what is written. */
function bindingSchemas(): NonNullable<typeof schemas> {
  const table = readBindings();
  return { names: Object.keys(table).sort().reverse(), evaluate: evaluator((name) => table[name]) };
}

/** Every place of bindings in a document, and whose they are. */
function carriers(document: Part, follow: Follow): { readonly kind: Kind; readonly part: Part }[] {
  const own = (key: string) => entriesOf(partAt(document, key)).flatMap(({ part }) => follow(part) ?? []);
  const components = (key: string) =>
    entriesOf(partAt(document, 'components', key)).flatMap(({ part }) => follow(part) ?? []);
  const traitsOf = (owners: readonly Part[]) =>
    owners.flatMap((it) => entriesOf(partAt(it, 'traits')).flatMap(({ part }) => follow(part) ?? []));
  const operations = operations2(document, follow);
  const messages = [...messages2(document, follow).map(({ message }) => message), ...components('messages')];
  const owners: readonly (readonly [Kind, readonly Part[]])[] = [
    ['server', [...own('servers'), ...components('servers')]],
    ['channel', [...own('channels'), ...components('channels')]],
    ['operation', [...operations, ...traitsOf(operations), ...components('operationTraits')]],
    ['message', [...messages, ...traitsOf(messages), ...components('messageTraits')]],
  ];
  return owners.flatMap(([kind, parts]) => [
    ...parts.map((part) => ({ kind, part: partAt(part, 'bindings') })),
    ...entriesOf(partAt(document, 'components', `${kind}Bindings`)).map(({ part }) => ({ kind, part })),
  ]);
}
