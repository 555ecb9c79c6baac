import { createReadStream } from 'node:fs';
import { posix } from 'node:path';
import { createGunzip } from 'node:zlib';
import { isDocument, MAX_BYTES } from '@chirograph/contract/load';

/** What an archive holds, or why it is not read. */
export type Archive =
  | {
      readonly kind: 'files';
      readonly files: ReadonlyMap<string, string>;
      /** The documents in it whose content it does not hold. */
      readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Bounds that hold while an archive is unpacked, so that a small file cannot become an endless one. */
export interface ArchiveLimits {
  /** Of all that is unpacked, read or passed over. */
  readonly bytes: number;
  /** Of the documents, which are kept. */
  readonly kept: number;
  readonly entries: number;
}

const LIMITS: ArchiveLimits = { bytes: 4e9, kept: 256e6, entries: 500_000 };

const BLOCK = 512;

/**
 * The YAML and JSON files of a tar archive (POSIX.1-2017 pax, ustar and the long names of GNU tar), gzipped or not. Read as
 * it is unpacked: what is no document is passed over and never kept. An archive that ends before its end is refused.
 */
export async function readTar(file: string, limits: ArchiveLimits = LIMITS): Promise<Archive> {
  try {
    return await unpack(file, limits);
  } catch (error) {
    if (error instanceof ArchiveError) return { kind: 'refused', reason: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    const isCut = /unexpected end of file/.test(reason);
    return { kind: 'refused', reason: isCut ? TRUNCATED : `it cannot be unpacked: ${reason}` };
  }
}

/** Why an archive is not read. Never leaves this file. */
class ArchiveError extends Error {}

const TRUNCATED = 'the archive is truncated: it ends before its end';

async function unpack(path: string, limits: ArchiveLimits): Promise<Archive> {
  const input = await openInput(path, limits);
  const files = new Map<string, string>();
  const links = new Map<string, string>();
  let [entries, kept] = [0, 0];
  let long: { name?: string; link?: string; size?: number } = {};
  for (;;) {
    const header = await input.take(BLOCK);
    if (entries === 0 && (header === undefined || !isHeader(header)))
      throw new ArchiveError('it is neither a folder nor a tar archive');
    if (header === undefined) throw new ArchiveError(TRUNCATED);
    if (header.every((byte) => byte === 0)) break;
    if (!isHeader(header)) throw new ArchiveError('the archive is damaged: the header of an entry is wrong');
    entries += 1;
    if (entries > limits.entries) throw new ArchiveError(`it has more than ${limits.entries} entries`);
    const size = long.size ?? numberAt(header, 124, 12);
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    const kind = String.fromCharCode(header[156] || 0x30);
    if ('LKx'.includes(kind)) {
      if (size > MAX_BYTES) throw new ArchiveError('the name of an entry is too long');
      const content = (await input.need(padded)).subarray(0, size);
      const text = content.toString('utf8').replace(/\0+$/, '');
      if (kind === 'L') long = { ...long, name: text };
      else if (kind === 'K') long = { ...long, link: text };
      else long = { ...long, ...paxOf(content) };
      continue;
    }
    const name = posix.normalize(long.name ?? nameOf(header)).replace(/\/$/, '');
    const link = long.link ?? textIn(header, 157, 100);
    if (kind !== 'g') long = {};
    if ('07'.includes(kind) && isDocument(name)) {
      kept += size;
      if (size > MAX_BYTES) throw new ArchiveError(`${name} in it has ${Math.round(size / 1e6)} MB`);
      if (kept > limits.kept) throw new ArchiveError(`its documents have more than ${limits.kept / 1e6} MB`);
      files.set(name, (await input.need(padded)).subarray(0, size).toString('utf8'));
    } else {
      if (kind === '2') links.set(name, posix.join(posix.dirname(name), link));
      if (kind === '1') links.set(name, posix.normalize(link));
      await input.skip(padded);
    }
  }
  // To the last byte, so that the checksum of what was gzipped is looked at.
  await input.drain();
  return { kind: 'files', ...followed(files, links) };
}

/** Links lead to files of the archive, by way of others or through folders that are links; what leads elsewhere is named. */
function followed(files: Map<string, string>, links: ReadonlyMap<string, string>) {
  const unreadable: { file: string; reason: string }[] = [];
  const folders = [...links].filter(([name]) => !isDocument(name));
  for (const [name] of links) {
    if (!isDocument(name)) continue;
    let target = links.get(name);
    for (let steps = 0; target !== undefined && !files.has(target) && steps < links.size + 1; steps += 1) {
      const at: string = target;
      const [from, to] = folders.find(([it]) => at.startsWith(`${it}/`)) ?? [];
      target = links.get(at) ?? (from === undefined ? undefined : `${to}${at.slice(from.length)}`);
    }
    const text = target === undefined ? undefined : files.get(target);
    if (text !== undefined) files.set(name, text);
    else unreadable.push({ file: name, reason: 'it is a link to what is not in the archive' });
  }
  for (const [name, target] of folders)
    for (const [file, text] of [...files])
      if (file.startsWith(`${target}/`)) files.set(`${name}${file.slice(target.length)}`, text);
  return { files, unreadable };
}

/** The unpacked bytes of a file, in order. */
interface Input {
  /** So many bytes, or undefined at the end. */
  readonly take: (bytes: number) => Promise<Buffer | undefined>;
  /** So many bytes; it is an error where there are fewer. */
  readonly need: (bytes: number) => Promise<Buffer>;
  readonly skip: (bytes: number) => Promise<void>;
  /** All that is left. */
  readonly drain: () => Promise<void>;
}

async function openInput(path: string, limits: ArchiveLimits): Promise<Input> {
  const raw = createReadStream(path);
  const start = await firstBytes(path);
  const isGzipped = start[0] === 0x1f && start[1] === 0x8b;
  const unzip = createGunzip();
  raw.on('error', (error) => unzip.destroy(error));
  const chunks: AsyncIterator<Buffer> = (isGzipped ? raw.pipe(unzip) : raw)[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let total = 0;
  const more = async (): Promise<boolean> => {
    const { value, done } = await chunks.next();
    if (done) return false;
    total += value.length;
    if (total > limits.bytes) {
      raw.destroy();
      unzip.destroy();
      throw new ArchiveError(`it unpacks to more than ${limits.bytes / 1e6} MB`);
    }
    held = held.length === 0 ? value : Buffer.concat([held, value]);
    return true;
  };
  const take = async (bytes: number): Promise<Buffer | undefined> => {
    while (held.length < bytes) if (!(await more())) return undefined;
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return taken;
  };
  return {
    take,
    async need(bytes) {
      const taken = await take(bytes);
      if (taken === undefined) throw new ArchiveError(TRUNCATED);
      return taken;
    },
    async drain() {
      do held = Buffer.alloc(0);
      while (await more());
    },
    async skip(bytes) {
      let left = bytes;
      for (;;) {
        const step = Math.min(left, held.length);
        held = held.subarray(step);
        left -= step;
        if (left === 0) return;
        if (!(await more())) throw new ArchiveError(TRUNCATED);
      }
    },
  };
}

async function firstBytes(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: 1 })) return chunk as Buffer;
  return Buffer.alloc(0);
}

/** A header's checksum is the sum of its bytes, the checksum's own taken as spaces. */
function isHeader(header: Buffer): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return Number.parseInt(textIn(header, 148, 8).trim(), 8) === sum;
}

/** Octal digits; of what is too large for them, the number itself behind a mark (GNU tar). */
function numberAt(header: Buffer, start: number, length: number): number {
  if (header[start]! >= 0x80)
    return header.subarray(start + 1, start + length).reduce((sum, byte) => sum * 256 + byte, 0);
  const size = Number.parseInt(textIn(header, start, length).trim() || '0', 8);
  if (Number.isSafeInteger(size)) return size;
  throw new ArchiveError('the archive is damaged: the size of an entry is no number');
}

function nameOf(header: Buffer): string {
  const prefix = textIn(header, 257, 5) === 'ustar' ? textIn(header, 345, 155) : '';
  const name = textIn(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** A pax record is `<length> <key>=<value>\n`; the length, in bytes, is that of all of it. */
function paxOf(content: Buffer): { name?: string; link?: string; size?: number } {
  const found = new Map<string, string>();
  for (let at = 0; at < content.length; ) {
    const length = Number.parseInt(content.subarray(at, at + 20).toString('latin1'), 10);
    if (!(length > 0)) break;
    const [, key = '', value = ''] =
      /^\d+ ([^=]+)=(.*)\n$/s.exec(content.subarray(at, at + length).toString('utf8')) ?? [];
    found.set(key, value);
    at += length;
  }
  const [name, link, size] = ['path', 'linkpath', 'size'].map((key) => found.get(key));
  return { ...(name && { name }), ...(link && { link }), ...(size && { size: Number(size) }) };
}

function textIn(header: Buffer, start: number, length: number): string {
  return header
    .subarray(start, start + length)
    .toString('utf8')
    .replace(/\0.*$/s, '');
}
