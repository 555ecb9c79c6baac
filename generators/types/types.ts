import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { Generator } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { sourceFile } from '../source/source-file.ts';
import { layout } from './layout.ts';
import { type PreparedType, prepare } from './prepare.ts';
import { parseTypes } from './type-text.ts';

/** `<domain>/types.ts`: the type of every message and of every schema that has a name. */
export const types: Generator = {
  name: 'types',
  async generate(scope) {
    const prepared = prepare(scope);
    if (prepared.length === 0) return [];
    const text = layout(await declarations(prepared));
    return [sourceFile(`${scope.domain}/types.ts`, headerOf(scope), text, scope.options)];
  },
};

async function declarations(prepared: readonly PreparedType[]) {
  const definitions = Object.fromEntries(prepared.map(({ name, schema }) => [name, schema]));
  // The definitions hang below a root of no meaning, whose own type is left out again.
  const root = { title: ROOT, type: 'object', definitions } as JSONSchema;
  const printed = await compile(root, ROOT, {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    unreachableDefinitions: true,
  });
  const byName = new Map(parseTypes(printed).map((it) => [it.name, it]));
  return prepared.flatMap(({ name }) => byName.get(name) ?? []);
}

const ROOT = 'ChirographRoot';
