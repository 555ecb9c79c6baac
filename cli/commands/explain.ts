import { existsSync, readFileSync } from 'node:fs';
import { CODES, type DiagnosticCode, isChangeCode, suggest } from '@chirograph/contract/diagnostics';
import { EXIT, Failure } from '../exit.ts';
import { styleFor } from '../terminal/style.ts';
import { table } from '../terminal/words.ts';
import type { Run } from './command.ts';

/** `chirograph explain`: the page of a code, or the list of all codes. */
export const run: Run = async ([code], _, io) => {
  const style = styleFor(io.color);
  if (code === undefined) {
    const rows = Object.entries(CODES).map(([name, { severity, title }]) => [name, severity, title]);
    io.out(`${table(rows)}\n`);
    return EXIT.clean;
  }
  if (!isCode(code)) {
    const meant = suggest(code, Object.keys(CODES));
    throw new Failure(
      `there is no code \`${code}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
      'chirograph explain lists them all.',
    );
  }
  const place = pageOf(code);
  const page = place ? readFileSync(place, 'utf8') : `# ${code}\n\n${CODES[code].title}.\n`;
  io.out(page.replace(/^#+ .*$/gm, (heading) => style.bold(heading)));
  return EXIT.clean;
};

function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(CODES, code);
}

/**
 * The published package carries the pages beside its code; in the repository they stand under `docs`. A change of headers
 * has the page of the same change of a payload.
 */
function pageOf(code: DiagnosticCode): URL | undefined {
  const page = isChangeCode(code)
    ? `compat/${code.replace('headers/', 'payload/')}.md`
    : `diagnostics/${code}.md`;
  return ['../docs', '../../docs']
    .map((docs) => new URL(`${docs}/${page}`, import.meta.url))
    .find((place) => existsSync(place));
}
