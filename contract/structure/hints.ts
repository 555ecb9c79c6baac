import { type Fault, isObject, type JsonValue } from '@chirograph/schema';

/**
 * What to write instead, where people often write the same wrong thing: habits of OpenAPI, of older drafts of JSON
 * Schema and of programming languages.
 * @param path the way to the value at fault
 */
export function hintFor({ problem, value }: Fault, path: readonly string[]): string | undefined {
  const key = path.at(-1) ?? '';
  if (problem.kind === 'value') return problem.allowed.includes('integer') ? typeHint(value) : undefined;
  if (problem.kind !== 'type') return undefined;
  if (path.at(-2) === 'properties' && KEYWORDS_OF_OBJECTS.has(key) && !isObject(value))
    return `\`${key}\` stands beside \`properties\`, not in it: move it one level out.`;
  if (problem.expected.includes('array')) return listHint(key, value, path);
  if (problem.expected.includes('object')) return objectHint(key, value);
  if (key === 'discriminator' && isObject(value) && typeof value.propertyName === 'string')
    return `Write the name of the property alone: \`discriminator: ${value.propertyName}\`.`;
  if (/^exclusiveM/.test(key) && typeof value === 'boolean')
    return `Write the bound itself: \`${key}: 0\` in place of \`${/Min/.test(key) ? 'minimum' : 'maximum'}: 0\`.`;
  return undefined;
}

/** The name of a type that is called otherwise elsewhere. */
export function typeMeant(value: JsonValue): string | undefined {
  return typeof value === 'string' && Object.hasOwn(TYPES, value.toLowerCase())
    ? TYPES[value.toLowerCase()]
    : undefined;
}

const KEYWORDS_OF_OBJECTS = new Set([
  'required',
  'type',
  'additionalProperties',
  'description',
  'title',
  'examples',
]);

const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int: 'integer',
  int32: 'integer',
  int64: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  decimal: 'number',
  numeric: 'number',
  str: 'string',
  text: 'string',
  enum: 'string',
  list: 'array',
  set: 'array',
  map: 'object',
  dict: 'object',
  record: 'object',
  struct: 'object',
};

/** Kinds of texts, which JSON Schema tells apart by their format. */
const FORMATS: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  datetime: 'date-time',
  'date-time': 'date-time',
  timestamp: 'date-time',
  duration: 'duration',
  uuid: 'uuid',
  guid: 'uuid',
  email: 'email',
  uri: 'uri',
  url: 'uri',
};

function typeHint(value: JsonValue): string | undefined {
  if (value === null) return "Write 'null', in quotes.";
  if (Array.isArray(value)) {
    return value.includes(null)
      ? `Write \`[${value.map((it) => (it === null ? "'null'" : plainText(it))).join(', ')}]\`: null in quotes.`
      : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const word = value.toLowerCase();
  const format = Object.hasOwn(FORMATS, word) ? FORMATS[word] : undefined;
  if (format !== undefined) return `Write \`type: string\` and \`format: ${format}\`.`;
  if (value === 'any') return 'Leave `type` out: a schema without one takes everything.';
  return value === 'file' || value === 'binary' || value === 'bytes'
    ? 'Write `type: string` and `contentEncoding: base64`.'
    : undefined;
}

function listHint(key: string, value: JsonValue, path: readonly string[]): string | undefined {
  if (key === 'required' && typeof value === 'boolean') {
    const name = path.at(-3) === 'properties' ? path.at(-2) : 'name';
    return value
      ? `Name it in the object around it: \`required: [${name}]\` beside \`properties\`.`
      : 'Leave it out: what no `required` names is optional.';
  }
  if (isObject(value))
    return `Write an array: \`- ...\` for each of ${key === '' ? 'them' : `the \`${key}\``}.`;
  return value === null ? undefined : `Write an array: \`${key}: [${plainText(value)}]\`.`;
}

function objectHint(key: string, value: JsonValue): string | undefined {
  if (typeof value === 'string' && /^#\/|\.(ya?ml|json)(#|$)/.test(value))
    return `Write a reference: \`{ $ref: '${value}' }\`.`;
  if (typeof value === 'string' && typeMeant(value) === undefined && TYPE_NAMES.includes(value))
    return `Write \`${key}: { type: ${value} }\`.`;
  return key === 'properties' && Array.isArray(value)
    ? 'Write an object: `name: { type: string }` for each of them.'
    : undefined;
}

/** A value as one would write it in YAML. */
function plainText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const TYPE_NAMES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
