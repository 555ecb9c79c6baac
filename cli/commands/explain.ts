import { CODES, suggest } from '@chirograph/contract/diagnostics';
import { EXIT, Failure } from '../exit.ts';
import { isCode, pageOf } from '../pages/page.ts';
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
  const page = pageOf(code) ?? `# ${code}\n\n${CODES[code].title}.\n`;
  io.out(page.replace(/^#+ .*$/gm, (heading) => style.bold(heading)));
  return EXIT.clean;
};
