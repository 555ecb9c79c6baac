import { isChangeCode } from '@chirograph/compat/rules';
import { suggest } from '@chirograph/contract/diagnostics';
import { CommandError, EXIT } from '../exit.ts';
import { ALL_CODES, isCode } from '../pages/codes.ts';
import { pageOf } from '../pages/page.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { table } from '../terminal/words.ts';
import type { Run } from './command.ts';

/** `chirograph explain`: the page of a code, or the list of all codes. */
export const run: Run = async ([code], _, io) => {
  const style = styleFor(io.color);
  if (code === undefined) {
    io.out(listOfCodes(style));
    return EXIT.clean;
  }
  if (!isCode(code)) {
    const meant = suggest(code, Object.keys(ALL_CODES));
    throw new CommandError(
      `there is no code \`${code}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
      'chirograph explain lists them all.',
    );
  }
  const page = pageOf(code) ?? `# ${code}\n\n${ALL_CODES[code].title}.\n`;
  io.out(page.replace(/^#+ .*$/gm, (heading) => style.bold(heading)));
  return EXIT.clean;
};

/** All codes by the command that finds them, those about one thing together. */
function listOfCodes(style: Style): string {
  // Each code of a payload is one of headers too, and would be listed twice.
  const rows = Object.entries(ALL_CODES)
    .filter(([code]) => !code.startsWith('headers/'))
    .map(([code, { severity, title }]) => [code, severity, title] as const);
  const { validate = [], compat = [] } = Object.groupBy(rows, ([code]) =>
    isChangeCode(code) ? 'compat' : 'validate',
  );
  const listed = (part: typeof rows) =>
    table([...Map.groupBy(part, ([code]) => code.split('/')[0]).values()].flat());
  return [
    style.bold('In contracts (chirograph validate)'),
    listed(validate),
    '',
    style.bold('In changes of contracts (chirograph compat)'),
    listed(compat),
    '',
    'Of headers the same is said as of a payload: headers/type-widened.',
    '',
  ].join('\n');
}
