import { parse } from '@chirograph/contract/source';
import { isObject } from '@chirograph/schema';
import { readSettings } from '../config/read-config.ts';
import { CommandError, EXIT } from '../exit.ts';
import { readerFor } from '../files/reader-for.ts';
import { convert, NEWEST } from '../rewrite/convert.ts';
import { deliver, documentText } from '../rewrite/print.ts';
import { verdictOf } from '../rewrite/verdict.ts';
import { isHole } from '../workspace/compare-with.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import type { Run } from './command.ts';

/** `chirograph convert`: an AsyncAPI 2 document as one of AsyncAPI 3.1, proved to say the same. */
export const run: Run = async ([path = ''], values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  const reader = readerFor(settings, io.cwd, [path]);
  const [file, ...others] = reader.entries;
  if (file === undefined || others.length > 0)
    throw new CommandError(`${path} is not one file`, 'Convert one document at a time.');
  const { workspace, diagnostics } = await openWorkspace(settings, values, io, [path]);
  const hole = diagnostics.find(isHole);
  if (hole) throw new CommandError(`${hole.at.file}: ${hole.message}`, 'Fix it first: chirograph validate');
  const source = workspace.sources[file];
  const parsed = source && parse(source);
  const document = parsed?.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
  if (!document || !String(document.asyncapi).startsWith('2.'))
    throw new CommandError(
      `${path} is not an AsyncAPI 2 document`,
      `Its version is ${JSON.stringify(document?.asyncapi ?? null)}; only AsyncAPI 2 is converted, to ${NEWEST}.`,
    );
  const converted = convert(document);
  const text = documentText(converted, typeof values.out === 'string' ? values.out : file);
  const verdict = verdictOf(reader, workspace, file, converted);
  deliver(text, values, io);
  io.err(verdict.text);
  return verdict.isSame ? EXIT.clean : EXIT.findings;
};
