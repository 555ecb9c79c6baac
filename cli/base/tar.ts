import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/**
 * The YAML and JSON files of a tar archive (POSIX.1-2017 pax, ustar and the long names of GNU tar), gzipped or not.
 * Undefined where the file is no tar archive.
 */
export function readTar(file: string): ReadonlyMap<string, string> | undefined {
  const raw = readFileSync(file);
  const gzipped = raw[0] === 0x1f && raw[1] === 0x8b;
  const bytes = gzipped ? gunzipSync(raw) : raw;
  if (bytes.length < BLOCK || !isHeader(bytes.subarray(0, BLOCK))) return undefined;

  const files = new Map<string, string>();
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === 'L') longName = content.toString('utf8').replace(/\0.*$/s, '');
    else if (kind === 'x') longName = paxPath(content) ?? longName;
    else if (kind !== 'g') {
      const name = (longName ?? nameOf(header)).replace(/^\.\//, '');
      if ((kind === '0' || kind === '\0') && /\.(ya?ml|json)$/.test(name))
        files.set(name, content.toString('utf8'));
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

/** A header's checksum is the sum of its bytes, the checksum's own taken as spaces. */
function isHeader(header: Buffer): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return Number.parseInt(text(header, 148, 8).trim(), 8) === sum;
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
  const name = text(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** A pax record is `<length> path=<value>\n`. */
function paxPath(content: Buffer): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content.toString('utf8'))?.[1];
}

function text(header: Buffer, start: number, length: number): string {
  return header
    .subarray(start, start + length)
    .toString('utf8')
    .replace(/\0.*$/s, '');
}
