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
 * version is given, a binding that any version would take is right; one of a version that has no schema is read as the
 * nearest that has one. A version that nobody has published is reported once, however often it is given.
 */
export function checkBindings(
  document: Part,
  follow: Follow,
  references: References['follow'],
  writtenAt: WrittenAt,
): Diagnostic[] {
  const unpublished = new Map<string, Diagnostic>();
  const findings = carriers(document, follow).flatMap(({ kind, part }) => {
    const bindings = follow(part);
    if (!bindings || !isObject(bindings.value)) return [];
    return entriesOf(bindings).flatMap(({ key, part: written }) => {
      const binding = follow(written);
      if (!binding || !isObject(binding.value)) return [];
      const protocol = key === 'ws' ? 'websockets' : key;
      const versions = versionsOf(protocol);
      const version = partAt(binding, 'bindingVersion');
      if (typeof version.value === 'string' && isUnpublished(version.value, versions)) {
        const known = `${key} ${version.value}`;
        if (!unpublished.has(known)) unpublished.set(known, unknownVersion(key, version, versions));
      }
      return describeFaults(faultsOf(protocol, kind, binding, references), writtenAt).map(
        ({ at, message, note, fix }) => diagnose('binding/invalid', at, { message, note, fix }),
      );
    });
  });
  return [...unpublished.values(), ...findings];
}

function isUnpublished(version: string, versions: readonly string[]): boolean {
  return versions.length > 0 && version !== 'latest' && !versions.includes(version);
}

function unknownVersion(protocol: string, { value, at }: Part, versions: readonly string[]): Diagnostic {
  const version = String(value);
  const nearest = nearestVersion(version, versions);
  return diagnose('binding/invalid', at, {
    message: `\`${version}\` is not a known version of the \`${protocol}\` bindings`,
    note: `read as ${nearest}`,
    fix: `Write one of ${versions.map((it) => `\`${it}\``).join(', ')}.`,
  });
}

/** The newest that is not newer than the one wanted, else the oldest. Newest first. */
function nearestVersion(version: string, versions: readonly string[]): string | undefined {
  return versions.find((it) => compareVersions(it, version) <= 0) ?? versions.at(-1);
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** The versions of a protocol's bindings that have been published, newest first. */
function versionsOf(protocol: string, kind?: Kind): string[] {
  schemas ??= bindingSchemas();
  const versions = schemas.names.flatMap((name) => {
    const [, of, version = '', what] = name.split('/');
    return of === protocol && (kind === undefined || what === kind) ? [version] : [];
  });
  return [...new Set(versions)].sort((a, b) => compareVersions(b, a));
}

let schemas: { readonly names: readonly string[]; readonly evaluate: Evaluator } | undefined;

function faultsOf(
  protocol: string,
  kind: Kind,
  { value, at }: Part,
  references: References['follow'],
): readonly Fault[] {
  schemas ??= bindingSchemas();
  const { evaluate } = schemas;
  const wanted = isObject(value) ? value.bindingVersion : undefined;
  const versions = versionsOf(protocol, kind);
  const nearest =
    typeof wanted === 'string' && wanted !== 'latest' ? nearestVersion(wanted, versions) : undefined;
  const meant = nearest === undefined ? versions : [nearest];
  const faults = (version: string) =>
    evaluate
      .faultsOf({ $ref: `bindings/${protocol}/${version}/${kind}` }, value, at, references)
      .filter((it) => !isOfVersion(it));
  // The newest version comes first: it speaks where several are equally far from what is written.
  const own = meant.map(faults).toSorted((a, b) => a.length - b.length)[0] ?? [];
  const [newest] = versions;
  if (own.length > 0 || newest === undefined) return own;
  // The older schemas leave out what their texts say: a `qos` of 3 has never been one.
  return faults(newest).filter(({ problem }) => problem.kind === 'value' || problem.kind === 'bound');
}

/** That a binding names another version than the one that it is read as has been said. */
function isOfVersion({ trail }: Fault): boolean {
  return trail.key === 'bindingVersion' && trail.parent?.parent === undefined;
}

function bindingSchemas(): NonNullable<typeof schemas> {
  const table = readBindings();
  return { names: Object.keys(table), evaluate: evaluator((name) => table[name]) };
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
