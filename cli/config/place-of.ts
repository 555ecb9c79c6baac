import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** Where a config says a key: `chirograph.config.ts:4:3`; the file's name where that cannot be told from its text. */
export function placeOfKey(key: string, file: string, text: string): string {
  const quoted = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = [...text.matchAll(new RegExp(`(?<![\\w$.])(['"]?)${quoted}\\1(?=\\s*[:,}])`, 'g'))];
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return file;
  const before = text.slice(0, only.index).split('\n');
  return `${file}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** Where a config could not be loaded, as far as Node says: `chirograph.config.ts:2:8`. */
export function placeOfError(error: unknown, path: string, file: string): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const place =
    placeIn(stack, path) ?? (error instanceof SyntaxError ? placeIn(checked(path), path) : undefined);
  return place === undefined ? file : `${file}:${place}`;
}

/** Of a module that does not parse, Node tells the place only to those who ask it to check. */
function checked(path: string): string {
  return spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' }).stderr;
}

function placeIn(text: string, path: string): string | undefined {
  const urls = [pathToFileURL(path).href, path];
  const after = urls.flatMap((it) => text.split(it).slice(1));
  return after.map((it) => /^:(\d+(?::\d+)?)/.exec(it)?.[1]).find((it) => it !== undefined);
}
