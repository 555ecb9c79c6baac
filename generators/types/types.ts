import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { sourceFile } from '../source/source-file.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { layout } from './layout.ts';
import { type PreparedType, prepare } from './prepare.ts';
import { type Declaration, parseTypes } from './type-text.ts';

/** `<domain>/types.ts`: the type of every message, of its headers, and of every schema that has a name. */
export const types: Generator = {
  name: 'types',
  async generate(scope) {
    const prepared = prepare(scope);
    if (prepared.length === 0) return [];
    const text = layout(await declarations(scope, prepared));
    return [sourceFile(`${scope.domain}/types.ts`, headerOf(scope), text, scope.options)];
  },
};

async function declarations(scope: Scope, prepared: readonly PreparedType[]): Promise<Declaration[]> {
  const typeOf = scope.names.schemaType;
  // The names of our own choosing go in afterwards: json-schema-to-typescript would spell some of them otherwise.
  const definitions = Object.fromEntries(
    prepared.flatMap(({ is }, i) =>
      is.kind === 'schema' ? [[`T${i}`, { ...encode(is.schema, typeOf), title: `T${i}` }]] : [],
    ),
  );
  // The definitions hang below a root of no meaning, whose own type is left out again.
  const root = { title: ROOT, type: 'object', definitions } as JSONSchema;
  const printed = await compile(root, ROOT, {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    unreachableDefinitions: true,
  });
  const byName = new Map(parseTypes(printed).map((it) => [it.name, it]));
  return prepared.map(({ name, doc, is }, i) => {
    if (is.kind === 'alias') return { name, doc, type: { kind: 'text', text: typeOf(is.of) } };
    const found = byName.get(`T${i}`);
    if (!found) throw new Error(`json-schema-to-typescript printed no type for ${name}`);
    return { name, doc: doc ?? found.doc, type: decode(found.type) };
  });
}

const ROOT = 'Root';
