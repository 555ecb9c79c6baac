export { type GitReading, gitReader } from './git.ts';
export { type Loaded, load } from './load.ts';
export { folderReader, isDocument, memoryReader, type Reader } from './reader.ts';
