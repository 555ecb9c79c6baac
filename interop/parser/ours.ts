/** The verdict of this repository. */
import { lint } from '../../contract/lint/index.ts';
import { load, memoryReader } from '../../contract/load/index.ts';

/** What we call errors, one line each; none means that we accept. */
export function ourErrors(text: string): string[] {
  const { workspace, diagnostics } = load({
    ...memoryReader({ 'x.asyncapi.yaml': text }),
    named: ['x.asyncapi.yaml'],
  });
  return [...diagnostics, ...lint(workspace)]
    .filter((it) => it.severity === 'error')
    .map((it) => `${it.code} ${it.at.pointer} ${it.message}`);
}
