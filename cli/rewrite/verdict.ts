import type { Reader } from '@chirograph/contract/load/reader';
import type { Workspace } from '@chirograph/contract/model';
import type { JsonObject } from '@chirograph/schema';
import { visible } from '../terminal/visible.ts';
import { count } from '../terminal/words.ts';
import { documentText } from './print.ts';
import { sameness } from './same.ts';

/** What is said of a document that was rewritten. */
export interface Verdict {
  readonly isSame: boolean;
  readonly text: string;
}

/** Whether a document says what it said before it was rewritten, and in what it differs. */
export function verdictOf(reader: Reader, workspace: Workspace, file: string, document: JsonObject): Verdict {
  // What came from the network is where it was read.
  const read = (it: string) => workspace.sources[it]?.text ?? reader.read(it);
  const { changes, faults, renamed, rewritten } = sameness(
    { ...reader, read },
    file,
    documentText(document, file),
  );
  const messages = count(rewritten.messages.length, 'message');
  const named =
    renamed === 0 ? '' : `; ${count(renamed, 'operation or message', 'operations and messages')} got a name`;
  if (changes.length + faults.length === 0)
    return { isSame: true, text: `${messages}, each proved unchanged${named}\n` };
  const rows = [
    ...changes.map(({ code, subject }) => `  ${code}: ${subject.label}`),
    ...faults.map(({ code, at, message }) => `  ${code} at ${at.pointer}: ${message}`),
  ];
  const head = `${messages}; ${count(changes.length, 'difference')} and ${count(faults.length, 'fault')} in the result${named}:`;
  return { isSame: false, text: [head, ...rows].map((it) => `${visible(it)}\n`).join('') };
}
