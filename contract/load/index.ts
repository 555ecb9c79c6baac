export { type GitReading, gitReader } from './git.ts';
export { type Loaded, type LoadMemo, load, loadMemo } from './load.ts';
export { folderReader, isDocument, memoryReader, type Reader } from './reader.ts';
