import { childPointer, isObject, type JsonObject, kindOf } from '@chirograph/schema';
import { type Diagnostic, diagnose, suggest } from '../diagnostics/index.ts';
import { textAt } from '../source/index.ts';
import {
  type AsyncApiVersion,
  checkStructure,
  isVersion,
  type Major,
  majorVersionOf,
  VERSIONS,
} from '../structure/index.ts';
import { checkReferences } from './check-references.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { resolveRef } from './resolve.ts';

/**
 * The version of a document that can be loaded; its references and its structure have been checked. Undefined for
 * documents of other kinds, which are loaded when something refers to them, and for versions that are not read.
 */
export function checkDocument(
  context: LoadContext,
  document: Located,
  isNamed: boolean,
): AsyncApiVersion | undefined {
  const { value, at } = document;
  if (!isObject(value) || !('asyncapi' in value)) {
    if (isObject(value) && 'arazzo' in value) return undefined;
    if (isNamed || claimsToBe(at.file) || isMeantToBe(value)) reportOther(context, document);
    return undefined;
  }
  const { asyncapi: version } = value;
  if (!isVersion(version)) {
    const place = { file: at.file, pointer: '/asyncapi' };
    if (typeof version !== 'string' && typeof version !== 'number') {
      const fix = `Write the version alone, such as \`asyncapi: ${VERSIONS.at(-1)}\`.`;
      const words = { what: '`asyncapi`', expected: 'a version', found: kindOf(version), fix };
      context.report(diagnose('document/wrong-shape', place, words));
      return undefined;
    }
    const source = context.inputs.source(at.file);
    // `3.0` without quotes is the number 3: people see what they have written.
    const written = (typeof version === 'number' && source && textAt(source, '/asyncapi')) || String(version);
    context.report(
      diagnose('document/unsupported-version', place, { version: written, ...nearest(written) }),
    );
    return undefined;
  }
  checkKeys(context, at.file);
  checkReferences(context, document);
  try {
    for (const diagnostic of structureFaults(context, version, document)) context.report(diagnostic);
  } catch (error) {
    // The stack ends at some thousands of schemas, each inside the one before. Nobody wrote that to be read.
    if (!(error instanceof RangeError)) throw error;
    const reason = 'its references lead on too deep to be followed';
    context.report(diagnose('file/unreadable', at, { file: at.file, reason }));
    return undefined;
  }
  return version;
}

function structureFaults(
  context: LoadContext,
  version: AsyncApiVersion,
  { value, at }: Located,
): Diagnostic[] {
  return checkStructure(
    version,
    value,
    at,
    (ref, file) => {
      const resolution = resolveRef(context, ref, file);
      return resolution.kind === 'definition' ? resolution.written : undefined;
    },
    ({ file, pointer }) => {
      const source = context.inputs.source(file);
      return source && textAt(source, pointer);
    },
  );
}

function checkKeys(context: LoadContext, file: string): void {
  for (const { text, offset } of context.inputs.keysThatAreNoText(file)) {
    context.report(diagnose('document/key-not-text', { file, pointer: '', offset }, { key: text }));
  }
}

function reportOther(context: LoadContext, { value, at }: Located): void {
  const key = misspeltIn(value);
  const within = wrapperIn(value);
  const shown = key ?? within;
  const place =
    shown === undefined ? at : ({ file: at.file, pointer: childPointer('', shown), part: 'key' } as const);
  const found = contentOf(value);
  context.report(diagnose('document/not-asyncapi', place, { file: at.file, found, key, within }));
}

/** Whether a file that nobody named was meant for a document: its first key is misspelt, or stands one level down. */
function isMeantToBe(value: Located['value']): boolean {
  if (!isObject(value)) return false;
  const key = misspeltIn(value);
  return (
    (key !== undefined && isObject(value.info) && !('openapi' in value)) || wrapperIn(value) !== undefined
  );
}

function misspeltIn(value: Located['value']): string | undefined {
  return isObject(value) ? suggest('asyncapi', Object.keys(value)) : undefined;
}

/** The one key of a file under which a whole document stands. */
function wrapperIn(value: Located['value']): string | undefined {
  const [key, ...others] = isObject(value) ? Object.keys(value) : [];
  if (key === undefined || others.length > 0 || !isObject(value)) return undefined;
  const inner = value[key];
  return isObject(inner) && 'asyncapi' in inner && 'info' in inner ? key : undefined;
}

function contentOf(value: Located['value']): string {
  if (isObject(value)) return describeObject(value);
  if (Array.isArray(value)) return 'it holds a list';
  return value === null ? 'it is empty' : 'it holds a single value';
}

function describeObject(value: JsonObject): string {
  for (const key of ['openapi', 'swagger', 'arazzo', '$schema']) {
    if (key in value) return `it has \`${key}\``;
  }
  return 'it has no key `asyncapi`';
}

function claimsToBe(file: string): boolean {
  return /(^|[./])asyncapi\.(ya?ml|json)$/.test(file);
}

/** The version that a document may take instead: of the same major version, the nearest that is not newer. */
function nearest(version: string): { readonly meant: string | undefined; readonly read: string } {
  const [major, minor = 0] = version.split('.').map(Number);
  const newer = major !== undefined && major > 3 ? VERSIONS.at(-1) : undefined;
  const related = VERSIONS.filter((it) => majorVersionOf(it).major === major);
  const of = (it: Major) => VERSIONS.filter((version) => majorVersionOf(version).major === it);
  return {
    meant:
      newer ??
      related.findLast((it) => Number(it.split('.')[1]) <= minor) ??
      (Number.isNaN(major) ? suggest(version, VERSIONS) : undefined),
    read: `AsyncAPI ${VERSIONS[0]} to ${of(2).at(-1)}, ${of(3).join(' and ')}`,
  };
}
