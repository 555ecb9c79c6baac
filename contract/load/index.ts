export { type GitReading, gitReader } from './git.ts';
export { type Loaded, type LoadMemo, load, loadMemo } from './load.ts';
export {
  BOUND,
  folderReader,
  isDocument,
  MAX_BYTES,
  memoryReader,
  type Reader,
  type Remote,
} from './reader.ts';
export { type Target, targetOf } from './resolve.ts';
export { gitReason, runGit } from './run-git.ts';
export { isRemote } from './uri.ts';
