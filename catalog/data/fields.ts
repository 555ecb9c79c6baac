import { oncePer } from '@chirograph/contract/model';
import { isObject, isSchema, type JsonSchema, type JsonValue, type SchemaObject } from '@chirograph/schema';
import { allOfParts, type Definitions } from '@chirograph/schema/combine';
import type { Field } from './catalog.ts';
import { constraintsOf } from './constraints.ts';

/** A table of more rows than this helps nobody; the JSON Schema beside it has them all. */
const MOST = 400;

/** The fields of a bundled schema (see `catalog/schema/bundle.ts`), as rows of a table. */
export const fieldsOf = oncePer((document: SchemaObject): readonly Field[] =>
  new Fields(document).of(document),
);

/** The places of fields that hold data about a person: `/data/email`. */
export function personalDataIn(fields: readonly Field[], at = ''): string[] {
  return fields.flatMap((field) => {
    const place = `${at}/${field.name}`;
    // What a marked object holds is marked with it.
    if (field.personalData) return [place];
    const inner = [...(field.fields ?? []), ...(field.variants ?? []).flatMap((it) => it.fields)];
    return personalDataIn(inner, place);
  });
}

class Fields {
  readonly #definitions: Definitions;
  /** The definitions that are being shown, by reference. */
  readonly #open: string[] = [];
  #rows = 0;

  constructor(document: JsonSchema) {
    this.#definitions = definitionsIn(document);
  }

  /** What a schema holds: its properties, what its map or list holds, and what its branches add. */
  of(schema: JsonSchema): Field[] {
    const { parts, refs } = this.#parts(schema);
    this.#open.push(...refs);
    const fields = parts.flatMap((part) => this.#own(part, parts));
    this.#open.length -= refs.length;
    return merged(fields);
  }

  #own(part: SchemaObject, all: readonly SchemaObject[]): Field[] {
    const required = new Set(all.flatMap((it) => (Array.isArray(it.required) ? it.required : [])));
    const fields: Field[] = [];
    for (const [name, schema] of Object.entries(isObject(part.properties) ? part.properties : {})) {
      if (isSchema(schema)) fields.push(this.#field(name, schema, required.has(name)));
    }
    for (const [pattern, schema] of Object.entries(
      isObject(part.patternProperties) ? part.patternProperties : {},
    )) {
      if (isSchema(schema)) fields.push(this.#field(`{${pattern}}`, schema, false));
    }
    if (isObject(part.additionalProperties))
      fields.push(this.#field('{key}', part.additionalProperties, false));
    const listed = [part.prefixItems, part.items].find(Array.isArray);
    for (const [index, schema] of (listed ?? []).entries()) {
      if (isSchema(schema)) fields.push(this.#field(`[${index}]`, schema, false));
    }
    if (isSchema(part.items) && part.items !== true) fields.push(this.#field('[]', part.items, false));
    return fields;
  }

  #field(name: string, schema: JsonSchema, required: boolean): Field {
    this.#rows += 1;
    if (schema === false) return { name, type: 'never', required: false, constraints: [] };
    const { parts, refs } = this.#parts(schema);
    const loop = refs.find((it) => this.#open.includes(it));
    const described = this.#described(name, parts, required);
    if (loop !== undefined) return { ...described, recursive: loop.split('/').at(-1) ?? loop };
    if (this.#rows > MOST) return described;
    const fields = this.of(schema);
    this.#open.push(...refs);
    const variants = this.#variants(parts);
    this.#open.length -= refs.length;
    const [only] = fields;
    // What a list of plain values holds is told in the type.
    const isPlain =
      fields.length === 1 && only?.name === '[]' && !only.fields && !only.variants && !only.recursive;
    if (isPlain) {
      const told = [...described.constraints, ...only.constraints.map((it) => `each ${it}`)];
      const inner = {
        ...(only.values && !described.values && { values: only.values }),
        ...(only.description !== undefined &&
          described.description === undefined && { description: only.description }),
        ...(only.personalData && { personalData: true as const }),
      };
      return { ...described, ...inner, type: `${only.type}[]`, constraints: told };
    }
    return {
      ...described,
      ...(fields.length > 0 && { fields }),
      ...(variants.length > 0 && { variants }),
    };
  }

  #described(name: string, parts: readonly SchemaObject[], required: boolean): Field {
    const first = (keyword: string) => parts.findLast((it) => it[keyword] !== undefined)?.[keyword];
    const text = (keyword: string) => {
      const value = first(keyword);
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    };
    const values = first('const') !== undefined ? [first('const') as JsonValue] : first('enum');
    const title = text('title');
    const description = text('description');
    return {
      name,
      type: typeOf(parts),
      required,
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      constraints: parts.flatMap(constraintsOf),
      ...(Array.isArray(values) && { values: values as JsonValue[] }),
      ...(first('default') !== undefined && { default: first('default') as JsonValue }),
      ...(first('deprecated') === true && { deprecated: true }),
      ...(parts.some((it) => marksPersonal(it['x-personal-data'])) && { personalData: true }),
    };
  }

  #variants(parts: readonly SchemaObject[]): { title: string; fields: Field[] }[] {
    return parts.flatMap((part) =>
      ['oneOf', 'anyOf'].flatMap((keyword) => {
        const list = part[keyword];
        const branches = Array.isArray(list) ? list.filter(isSchema) : [];
        return branches.flatMap((branch, index) => {
          const { parts: inner } = this.#parts(branch);
          const named = inner.findLast((it) => typeof it.title === 'string')?.title;
          const reference =
            isObject(branch) && typeof branch.$ref === 'string' ? branch.$ref.split('/').at(-1) : undefined;
          const type = typeOf(inner);
          const title = String(named ?? reference ?? (type === 'any' ? `alternative ${index + 1}` : type));
          return [{ title, fields: this.of(branch) }];
        });
      }),
    );
  }

  /** A schema and what it refers to and is put together from, as far as all of it applies to one value. */
  #parts(schema: JsonSchema): { parts: SchemaObject[]; refs: readonly string[] } {
    const parts = allOfParts(this.#definitions, schema);
    return { parts: parts.map((it) => it.json), refs: parts.flatMap((it) => it.schema || []) };
  }
}

/** The definitions of a document, by reference. */
function definitionsIn(document: JsonSchema): Definitions {
  if (typeof document === 'boolean') return {};
  const inner = ['definitions', '$defs'].flatMap((keyword) =>
    Object.entries(isObject(document[keyword]) ? document[keyword] : {}).flatMap(([name, json]) =>
      isSchema(json) ? [[`#/${keyword}/${name}`, json] as [string, JsonSchema]] : [],
    ),
  );
  const all: [string, JsonSchema][] = [['#', document], ...inner];
  return Object.fromEntries(all.map(([name, json]) => [name, { name, dialect: 'draft-07', json }]));
}

/** A field that several parts speak of is one row: what is said later fills in, and is asked as well. */
function merged(fields: readonly Field[]): Field[] {
  const byName = new Map<string, Field>();
  for (const field of fields) {
    const known = byName.get(field.name);
    byName.set(field.name, known ? both(known, field) : field);
  }
  return [...byName.values()];
}

function both(a: Field, b: Field): Field {
  const fields = merged([...(a.fields ?? []), ...(b.fields ?? [])]);
  const variants = [...(a.variants ?? []), ...(b.variants ?? [])];
  return {
    ...a,
    ...b,
    type: b.type === 'any' ? a.type : b.type,
    required: a.required || b.required,
    constraints: [...new Set([...a.constraints, ...b.constraints])],
    ...(fields.length > 0 && { fields }),
    ...(variants.length > 0 && { variants }),
  };
}

function marksPersonal(mark: JsonValue | undefined): boolean {
  return mark !== undefined && mark !== false && mark !== 'none';
}

/** A type in a word or two: `string uuid`, `integer or null`. */
function typeOf(parts: readonly SchemaObject[]): string {
  const told = parts.findLast((it) => it.type !== undefined)?.type;
  const types = (Array.isArray(told) ? told : told === undefined ? [] : [told]).map(String);
  if (types.length === 0) {
    if (parts.some((it) => isObject(it.properties))) return 'object';
    if (parts.some((it) => it.items !== undefined)) return 'array';
    const value =
      parts.findLast((it) => it.const !== undefined)?.const ??
      firstOf(parts.findLast((it) => Array.isArray(it.enum))?.enum);
    if (value !== undefined) return kindOf(value);
    return 'any';
  }
  return types.join(' or ');
}

function firstOf(list: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(list) ? (list as readonly JsonValue[])[0] : undefined;
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}
