import type { Reader } from '@chirograph/contract/load/reader';
import type { Settings } from '../config/read-config.ts';
import { globToRegExp, isGlob } from './glob.ts';

/** A reader that knows which documents the config says are written from the client's side, by document or by domain. */
export function inPerspective({ documents, domains }: Settings, reader: Reader): Reader {
  const ofClient = (all: Readonly<Record<string, { readonly perspective?: 'client' }>>) =>
    Object.entries(all).flatMap(([name, { perspective }]) => (perspective === 'client' ? [name] : []));
  const places = ofClient(documents).map(isAt);
  const names = ofClient(domains);
  if (places.length === 0 && names.length === 0) return reader;
  const isFromClient = (file: string) =>
    places.some((isMeant) => isMeant(file)) || names.includes(file.split('/').at(-2) ?? 'default');
  return { ...reader, isFromClient };
}

/** Whether a file is one that a path of `documents` means: a file, a folder, or a pattern. */
export function isAt(path: string): (file: string) => boolean {
  const plain = path.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  const pattern = isGlob(plain) ? globToRegExp(plain) : undefined;
  return (file) => pattern?.test(file) ?? (file === plain || file.startsWith(`${plain}/`));
}
