import type { Location, SchemaObject } from '@chirograph/schema';
import type { JSONSchema } from 'json-schema-to-typescript';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { commentOf } from '../source/headline.ts';
import { remembered } from '../source/memo.ts';
import { RUNTIME_CONTRACT } from '../source/modules.ts';
import { sourceFile, typeSymbol } from '../source/source-file.ts';
import { quote } from '../source/text.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { type Described, extend } from './extend.ts';
import { layout } from './layout.ts';
import { nameInline } from './name-inline.ts';
import { type PreparedType, prepare } from './prepare.ts';
import { type Declaration, parseTypes } from './type-text.ts';

/** `<domain>/types.ts`: the type of every message, of its headers, and of every schema that has a name. */
export const types: Generator = {
  name: 'types',
  async generate(scope) {
    const prepared = prepare(scope);
    if (prepared.length === 0) return [];
    const text = layout(nameInline(extend(await described(scope, prepared))));
    const brand = typeSymbol('Brand', RUNTIME_CONTRACT);
    const body = text.split(BRAND).flatMap((part, i) => (i === 0 ? [part] : [brand, part]));
    return [sourceFile(`${scope.folder}/types.ts`, headerOf(scope), body, scope.options)];
  },
};

async function described(scope: Scope, prepared: readonly PreparedType[]): Promise<Described[]> {
  const typeOf = scope.names.schemaType;
  const style = { typeOf, dates: scope.options.dates ?? 'text' };
  const schemas = new Map<string, SchemaObject>();
  const keys = prepared.map(({ is }) => {
    if (is.kind !== 'schema') return '';
    const schema = encode(is.schema, style);
    const key = JSON.stringify(['types', schema]);
    schemas.set(key, schema);
    return key;
  });
  const printed = await remembered(scope.memo, [...schemas.keys()], (missing) => print(missing, schemas));
  return prepared.map(({ name, doc, at, is }, i) => {
    if (is.kind === 'brand') {
      return {
        name,
        doc: located(doc, at),
        type: { kind: 'text', text: `string & ${BRAND}<${quote(name)}>` },
        bases: [],
      };
    }
    if (is.kind === 'bytes') return { name, doc, type: { kind: 'text', text: 'Uint8Array' }, bases: [] };
    if (is.kind === 'alias') return { name, doc, type: { kind: 'text', text: typeOf(is.of) }, bases: [] };
    const found = printed.get(keys[i] ?? '');
    if (!found) throw new Error(`json-schema-to-typescript printed no type for ${name}`);
    return { name, doc: located(doc ?? found.doc, at), type: found.type, bases: is.bases.map(typeOf) };
  });
}

/** What is said of a type, and where it is written; tags stay at the end. */
function located(doc: string | undefined, at: Location | undefined): string | undefined {
  if (!at) return doc;
  const place = `${at.file}#${at.pointer}`;
  const tags = doc?.search(/^@/m) ?? -1;
  if (doc === undefined || tags < 0) return commentOf(doc, place);
  return commentOf(doc.slice(0, tags).trim() || undefined, place, doc.slice(tags));
}

type Printed = Pick<Declaration, 'doc' | 'type'>;

/** Types by the keys of their schemas, all in one go: what stands in several of them is one object, and walked once. */
async function print(
  keys: readonly string[],
  schemas: ReadonlyMap<string, SchemaObject>,
): Promise<Map<string, Printed>> {
  // Half of what the tool loads; not loaded when every type is known.
  const { compile } = await import('json-schema-to-typescript');
  // The names of our own choosing go in afterwards: json-schema-to-typescript would spell some of them otherwise.
  const definitions = Object.fromEntries(
    keys.map((key, i) => [`T${i}`, { ...schemas.get(key), title: `T${i}` }]),
  );
  // The definitions hang below a root of no meaning, whose own type is left out again.
  const root = { title: ROOT, type: 'object', definitions } as JSONSchema;
  const text = await compile(root, ROOT, {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    unreachableDefinitions: true,
  });
  const byName = new Map(parseTypes(text).map((it) => [it.name, it]));
  return new Map(
    keys.flatMap((key, i) => {
      const found = byName.get(`T${i}`);
      return found ? [[key, { doc: found.doc, type: decode(found.type) }]] : [];
    }),
  );
}

const ROOT = 'Root';

/** Stands for the runtime's `Brand` until its import is known. */
const BRAND = '\u0001Brand';
