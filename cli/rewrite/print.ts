import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { JsonObject } from '@chirograph/schema';
import { dump } from 'js-yaml';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';

/** A document as text: in JSON for a file that ends so, else in YAML. */
export function documentText(document: JsonObject, file: string): string {
  if (file.endsWith('.json')) return `${JSON.stringify(document, null, 2)}\n`;
  return dump(document, { lineWidth: 120, noRefs: true });
}

/** Hands over a document: to the file that was asked for, else to standard output. */
export function deliver(text: string, { out }: Values, io: Io): void {
  if (typeof out !== 'string') {
    io.out(text);
    return;
  }
  const file = resolve(io.cwd, out);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
