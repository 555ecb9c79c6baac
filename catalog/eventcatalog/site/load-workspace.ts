import { folderReader, type Loaded, load } from '@chirograph/contract/load';
import { ROOT } from './folders.ts';

/** The contracts of this repository. */
export function loadWorkspace(): Loaded {
  return load(folderReader(ROOT, ['specs']));
}
