import { type Change, compare } from '@chirograph/compat';
import type { Diagnostic } from '@chirograph/contract/diagnostics';
import { load, type Reader } from '@chirograph/contract/load';
import type { Workspace } from '@chirograph/contract/model';

/** What came of holding a rewritten document against the one that it was. */
export interface Sameness {
  /** What the two differ in: nothing, where the rewriting did its work. */
  readonly changes: readonly Change[];
  /** What has another name in code, because the other version of AsyncAPI asks for names where this one had none. */
  readonly renamed: number;
  /** Faults of the rewritten document that the other has not. */
  readonly faults: readonly Diagnostic[];
  readonly rewritten: Workspace;
}

/**
 * Holds a document against what it was rewritten to, as `compat` would, by payloads, addresses, operations and all else that
 * a contract says.
 * @param text the rewritten document, which stands where the other stood
 */
export function sameness(reader: Reader, file: string, text: string): Sameness {
  const alone = { ...reader, entries: [file] };
  const before = load(alone);
  const after = load({ ...alone, read: (it) => (it === file ? text : reader.read(it)) });
  const known = new Set(before.diagnostics.map(({ code, message }) => `${code} ${message}`));
  const all = compare(before.workspace, after.workspace).filter((it) => !isSameAddress(it));
  return {
    changes: all.filter((it) => !NAMING.has(it.code)),
    renamed: all.filter((it) => NAMING.has(it.code)).length,
    faults: after.diagnostics.filter(
      ({ severity, code, message }) => severity === 'error' && !known.has(`${code} ${message}`),
    ),
    rewritten: after.workspace,
  };
}

const NAMING: ReadonlySet<string> = new Set(['operation/renamed', 'message/key-renamed']);

/** AsyncAPI 2 writes the protocol before the address of a server as well. */
function isSameAddress({ code, from, to }: Change): boolean {
  if (code !== 'server/address-changed' || typeof from !== 'string' || typeof to !== 'string') return false;
  return from.replace(/^[\w+.-]+:\/\//, '').replace(/\/$/, '') === to;
}
