import type { Diagnostic } from '../diagnostics/index.ts';
import type { Documents } from './documents.ts';
import { Inputs } from './inputs.ts';
import { Nodes } from './nodes.ts';
import { References } from './references.ts';

/** What loading works with. Each part owns what it has gathered: the files, the references in them, the nodes made of them. */
export class LoadContext {
  readonly inputs: Inputs;
  readonly references = new References();
  readonly nodes = new Nodes();
  readonly #jobs: (() => void)[] = [];
  readonly #last: (() => void)[] = [];

  constructor(documents: Documents) {
    this.inputs = new Inputs(documents, (fault) => this.report(fault));
  }

  report(diagnostic: Diagnostic): void {
    this.nodes.report(diagnostic);
  }

  /** Does something now, or when what is being done is done: no chain of references is too long for the stack so. */
  enqueue(job: () => void): void {
    this.#jobs.push(job);
    if (this.#jobs.length > 1) return;
    for (const next of this.#jobs) next();
    this.#jobs.length = 0;
    for (const next of this.#last.splice(0)) next();
  }

  /** Does something when all that has been begun is done. */
  enqueueLast(job: () => void): void {
    if (this.#jobs.length === 0) job();
    else this.#last.push(job);
  }
}
