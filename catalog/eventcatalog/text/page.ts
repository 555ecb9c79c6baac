import { dump, YAML11_SCHEMA } from 'js-yaml';
import type { GeneratedFile } from '../../generated-file.ts';

/**
 * One page of EventCatalog: front matter and MDX.
 * @param front its front matter; undefined values are left out
 * @param body blocks of MDX; empty ones are left out
 */
export function page(
  path: string,
  front: Readonly<Record<string, unknown>>,
  body: readonly string[],
): GeneratedFile {
  // EventCatalog reads front matter as YAML 1.1, where an unquoted 2026-01-04 is a date and `no` is false.
  const yaml = dump(defined(front), { schema: YAML11_SCHEMA, lineWidth: -1, noRefs: true });
  return { path, text: `---\n${yaml}---\n\n${body.filter(Boolean).join('\n\n')}\n` };
}

/** JSON, indented by two, with a line end. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function defined(front: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(front).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
