import { readFileSync } from 'node:fs';

/** As much of JSON Schema as the schema of the config uses. */
interface ConfigSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ConfigSchema>>;
  readonly additionalProperties?: boolean | ConfigSchema;
  readonly items?: ConfigSchema;
  readonly anyOf?: readonly ConfigSchema[];
}

interface Key {
  /** From the top: `lint.severities`, `domains.<name>.layout`, `neighbours[].git`. */
  readonly path: string;
  readonly schema: ConfigSchema;
}

const ROOT = JSON.parse(
  readFileSync(new URL('../../cli/config/config.schema.json', import.meta.url), 'utf8'),
) as ConfigSchema & { readonly definitions: Readonly<Record<string, ConfigSchema>> };

/** What JSON cannot hold: its type and its example. */
const IN_CODE: Readonly<Record<string, { readonly type: string; readonly example: string }>> = {
  generators: { type: 'array of names or generators', example: "['types', 'validators', ownGenerator]" },
  'domains.<name>.generators': { type: 'array of names or generators', example: "['types']" },
  'lint.rules': { type: 'array of rules', example: '[noDraftNames]' },
};

/**
 * The reference of `chirograph.config.ts`, made from the schema of `chirograph.config.json`. Throws where a key has no description or no
 * example, so that none is left out.
 */
export function configPage(): string {
  const sections = Object.entries(ROOT.properties ?? {})
    .filter(([key]) => key !== '$schema')
    .flatMap(([key, schema]) => section(key, resolved(schema)));
  return [
    '# Config: chirograph.config.ts',
    '',
    'Every key of the config, made from its JSON Schema. Every key is optional, and so is the file. It stands in the folder that all its paths are relative to; commands look for it there and in the folders above.',
    '',
    '```ts [chirograph.config.ts]',
    "import { defineConfig } from 'chirograph';",
    '',
    'export default defineConfig({',
    "  specs: 'specs',",
    "  generators: ['types', 'validators', 'producers', 'consumers'],",
    '});',
    '```',
    '',
    'The file may also be `chirograph.config.mts`, `.js`, `.mjs` or `.json`. A config in JSON names its schema in `$schema`, and cannot hold functions (`lint.rules`, generators of your own).',
    '',
    ...sections,
  ].join('\n');
}

/** Every key, for the test that holds the page complete. */
export function configKeys(): string[] {
  return Object.entries(ROOT.properties ?? {}).flatMap(([key, schema]) => [
    key,
    ...keysWithin(key, resolved(schema)).map(({ path }) => path),
  ]);
}

function section(key: string, schema: ConfigSchema): string[] {
  const within = keysWithin(key, schema);
  const lines = [`## ${key}`, '', meaning(key, schema), ''];
  if (within.length === 0) lines.push(`Type: ${typeOf(key, schema)}. ${presetOf(schema)}`.trim(), '');
  else {
    const rows = within.map(({ path, schema: it }) => {
      // What a domain or a message leaves out, the whole config says.
      const preset = it.default === undefined || path.includes('.<name>.') ? '' : code(literal(it.default));
      return [code(path.slice(key.length).replace(/^\./, '')), typeOf(path, it), preset, meaning(path, it)];
    });
    lines.push('| key | type | default | meaning |', '|---|---|---|---|');
    lines.push(...rows.map((cells) => `| ${cells.map((it) => it.replaceAll('|', '\\|')).join(' | ')} |`), '');
  }
  return [...lines, '```ts', `${key}: ${exampleOf(key, schema)},`, '```', ''];
}

function keysWithin(path: string, schema: ConfigSchema): Key[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, it]) => {
    const key = { path: `${path}.${name}`, schema: resolved(it) };
    return [key, ...keysWithin(key.path, key.schema)];
  });
  const named =
    typeof schema.additionalProperties === 'object'
      ? keysWithin(`${path}.<name>`, resolved(schema.additionalProperties))
      : [];
  const items = schema.items === undefined ? [] : keysWithin(`${path}[]`, resolved(schema.items));
  return [...own, ...named, ...items];
}

/** The schema with what it refers to; what stands beside the reference wins. */
function resolved({ $ref, ...own }: ConfigSchema): ConfigSchema {
  if ($ref === undefined) return own;
  const target = ROOT.definitions[$ref.slice('#/definitions/'.length)];
  if (target === undefined) throw new Error(`config.schema.json refers to ${$ref}, which it does not define`);
  return { ...target, ...own };
}

function meaning(path: string, { description }: ConfigSchema): string {
  if (description === undefined) throw new Error(`config.schema.json does not describe \`${path}\``);
  return description.replace(/docs\/([\w-]+)(\.md)?/g, (_, name: string, page) =>
    page === undefined ? `[${name}](/${name}/)` : `[${name}](/${name}.md)`,
  );
}

function presetOf(schema: ConfigSchema): string {
  return schema.default === undefined ? '' : `Default: ${code(literal(schema.default))}.`;
}

function typeOf(path: string, schema: ConfigSchema): string {
  const inCode = IN_CODE[path];
  if (inCode !== undefined) return inCode.type;
  if (schema.type === undefined && schema.anyOf)
    return schema.anyOf.map((it) => typeOf(path, resolved(it))).join(' or ');
  if (schema.enum) return schema.enum.map((it) => code(literal(it))).join(', ');
  if (schema.type === 'array') return `array of ${plural(typeOf(`${path}[]`, resolved(schema.items ?? {})))}`;
  if (typeof schema.additionalProperties === 'object') return 'object, by name';
  if (schema.type === undefined) throw new Error(`config.schema.json gives no type to \`${path}\``);
  return schema.type;
}

function plural(type: string): string {
  return /^(string|object|number)$/.test(type) ? `${type}s` : type;
}

/** As it is written in the config. */
function exampleOf(path: string, schema: ConfigSchema): string {
  const inCode = IN_CODE[path]?.example;
  if (inCode !== undefined) return inCode;
  const given = schema.examples?.[0];
  if (given !== undefined) return literal(given);
  if (schema.items?.properties) return `[\n${indented(exampleOf(`${path}[]`, schema.items))},\n]`;
  if (schema.properties === undefined) throw new Error(`config.schema.json has no example of \`${path}\``);
  const lines = Object.entries(schema.properties).map(
    ([name, it]) => `${propertyName(name)}: ${exampleOf(`${path}.${name}`, resolved(it))},`,
  );
  return `{\n${indented(lines.join('\n'))}\n}`;
}

function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) {
    const items = value.map(literal);
    const line = `[${items.join(', ')}]`;
    return line.length < 80 ? line : `[\n${indented(items.map((it) => `${it},`).join('\n'))}\n]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, it]) => `${propertyName(name)}: ${literal(it)}`);
  const line = `{ ${fields.join(', ')} }`;
  return line.length < 80 ? line : `{\n${indented(fields.map((it) => `${it},`).join('\n'))}\n}`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : literal(name);
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

function code(text: string): string {
  return `\`${text}\``;
}
