import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The contracts of a domain, by their paths. */
export function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => [`${folder}/${file}`, readFileSync(join(folder, file), 'utf8')]),
  );
}
