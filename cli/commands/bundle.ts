import { suggest } from '@chirograph/contract/diagnostics';
import type { Service, Workspace } from '@chirograph/contract/model';
import { readSettings } from '../config/read-config.ts';
import { CommandError, EXIT } from '../exit.ts';
import { readerFor } from '../files/reader-for.ts';
import { bundle } from '../rewrite/bundle.ts';
import { deliver, documentText } from '../rewrite/print.ts';
import { verdictOf } from '../rewrite/verdict.ts';
import { isHole } from '../workspace/compare-with.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import type { Run } from './command.ts';

/** `chirograph bundle`: a service's document, and all that it refers to, in one file, proved to say the same. */
export const run: Run = async ([wanted = ''], values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  const { workspace, diagnostics } = await openWorkspace(settings, values, io);
  const service = chosen(workspace, wanted);
  const hole = diagnostics.find((it) => isHole(it) && it.at.file === service.at.file);
  if (hole) throw new CommandError(`${hole.at.file}: ${hole.message}`, 'Fix it first: chirograph validate');
  const { file } = service.at;
  const document = bundle(workspace, file);
  const text = documentText(document, typeof values.out === 'string' ? values.out : file);
  const verdict = verdictOf(readerFor(settings, io.cwd, []), workspace, file, document);
  deliver(text, values, io);
  io.err(verdict.text);
  return verdict.isSame ? EXIT.clean : EXIT.findings;
};

function chosen({ services }: Workspace, wanted: string): Service {
  const names = services.map(({ domain, name }) => `${domain}/${name}`);
  const found = services.filter(
    ({ domain, name, at }) => name === wanted || `${domain}/${name}` === wanted || at.file === wanted,
  );
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only)
    throw new CommandError(
      `several domains have a service \`${wanted}\``,
      `Name one: ${found.map(({ domain, name }) => `${domain}/${name}`).join(', ')}`,
    );
  const meant = suggest(wanted, [...names, ...services.map(({ name }) => name)]);
  throw new CommandError(
    `there is no service \`${wanted}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
    `The services are ${names.join(', ')}.`,
  );
}
