import { memoryReader, type Reader } from '@chirograph/contract/load';

/** A reader whose files stand under another folder, so that one contract has one name in base and head. */
export function movedReader(reader: Reader, from: string, to: string): Reader {
  const inward = (file: string) => {
    if (!file.startsWith(`${to}/`)) return file;
    return from === '' ? file.slice(to.length + 1) : `${from}${file.slice(to.length)}`;
  };
  const outward = (file: string) => {
    if (from === '') return `${to}/${file}`;
    return file.startsWith(`${from}/`) ? `${to}${file.slice(from.length)}` : file;
  };
  return {
    entries: reader.entries.map(outward).sort(),
    unreadable: (reader.unreadable ?? []).map((it) => ({ ...it, file: outward(it.file) })),
    read: (file) => reader.read(inward(file)),
  };
}

/**
 * The contracts in an archive. It holds the workspace, with or without a folder around it (`git archive --prefix`, the
 * archives of code hosts), or the contracts themselves.
 */
export function archiveReader(files: ReadonlyMap<string, string>, specs: readonly string[]): Reader {
  const holds = (prefix: string) =>
    [...files.keys()].some((file) => specs.some((path) => file.startsWith(`${prefix}${path}/`)));
  const [first = ''] = files.keys();
  const around = `${first.split('/')[0]}/`;
  const prefix = holds('') ? '' : holds(around) ? around : undefined;
  const home = specs[0] ?? 'specs';
  const named = [...files].flatMap(([file, text]) => {
    if (prefix === undefined) return [[`${home}/${file}`, text] as const];
    return file.startsWith(prefix) ? [[file.slice(prefix.length), text] as const] : [];
  });
  const all = memoryReader(Object.fromEntries(named));
  return {
    entries: all.entries.filter((file) => specs.some((path) => file === path || file.startsWith(`${path}/`))),
    read: (file) => all.read(file),
  };
}
