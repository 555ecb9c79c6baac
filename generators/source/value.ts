import type { JsonValue } from '@chirograph/schema';
import { quote } from './text.ts';

const WIDTH = 110;

/** A value as a literal of TypeScript, on one line where it fits. `indent` is that of the line it begins on. */
export function literal(value: JsonValue, indent = ''): string {
  const flat = flatLiteral(value);
  if (indent.length + flat.length <= WIDTH || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${(value as readonly JsonValue[]).map((it) => `${inner}${literal(it, inner)},\n`).join('')}${indent}]`;
  }
  const rows = Object.entries(value).map(
    ([key, it]) => `${inner}${propertyKey(key)}: ${literal(it, inner)},\n`,
  );
  return `{\n${rows.join('')}${indent}}`;
}

/** A property's name in an object literal, quoted only where it must be. `__proto__` would set the prototype. */
export function propertyKey(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return isPlainName(key) ? key : quote(key);
}

/** `value.key` or `value['odd-key']`. */
export function propertyAccess(owner: string, key: string): string {
  return isPlainName(key) ? `${owner}.${key}` : `${owner}[${quote(key)}]`;
}

/** Whether a property's name needs no quotes. */
export function isPlainName(key: string): boolean {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(key);
}

function flatLiteral(value: JsonValue): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(flatLiteral).join(', ')}]`;
  const entries = Object.entries(value).map(([key, it]) => `${propertyKey(key)}: ${flatLiteral(it)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
