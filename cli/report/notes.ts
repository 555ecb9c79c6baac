import { regionOf } from '@chirograph/contract/diagnostics';
import type { FileNote } from '@chirograph/generators';
import { styleFor } from '../terminal/style.ts';
import { visible } from '../terminal/visible.ts';
import type { Report } from './report.ts';

/** What could not be made, a line each: where, what, and how it could. */
export function notesText(notes: readonly FileNote[], sources: Report['sources'], color: boolean): string {
  const style = styleFor(color);
  const rows = notes.map(({ at, message, fix }) => {
    const source = sources[at.file];
    const { line, column } = source ? regionOf(source, at) : { line: 1, column: 1 };
    return `${style.yellow('note')}  ${style.cyan(visible(`${at.file}:${line}:${column}`))}  ${visible(message)}. ${fix}\n`;
  });
  return rows.join('');
}
