import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderReader } from './index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reader-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
}

it('lists the documents of folders in one order, in whatever order the folders are named, and each once', () => {
  write('b/one.yaml', 'b/in/two.yml', 'a/three.json', 'a/notes.txt');
  const all = ['a/three.json', 'b/in/two.yml', 'b/one.yaml'];
  expect(folderReader(root, ['b', 'a']).entries).toEqual(all);
  expect(folderReader(root, ['a', 'b', 'b/one.yaml', 'b/in']).entries).toEqual(all);
});

it('takes a file that is named, whatever it is called', () => {
  write('a/notes.txt');
  expect(folderReader(root, ['a/notes.txt'])).toMatchObject({
    entries: ['a/notes.txt'],
    named: ['a/notes.txt'],
  });
});

it('says which paths cannot be listed', () => {
  expect(folderReader(root, ['gone']).unreadable).toMatchObject([{ file: 'gone' }]);
});
