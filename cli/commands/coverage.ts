import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { suggest } from '@chirograph/contract/diagnostics';
import type { Workspace } from '@chirograph/contract/model';
import { readSettings } from '../config/read-config.ts';
import { coverageOf } from '../coverage/coverage.ts';
import { parseSession, type Session } from '../coverage/facts.ts';
import { coverageJson, coverageText, isWhole } from '../coverage/report.ts';
import { CommandError, EXIT } from '../exit.ts';
import { untilEnded } from '../terminal/until-ended.ts';
import type { Values } from '../terminal/values.ts';
import { count } from '../terminal/words.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import type { Run } from './command.ts';

/** `chirograph coverage`: what tests, or running services, exercised of the contracts. */
export const run: Run = async (_, values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  const { workspace, diagnostics } = await openWorkspace(settings, values, io);
  if (diagnostics.some((it) => it.severity === 'error')) {
    throw new CommandError('the contracts cannot be read whole', 'Run: chirograph validate');
  }
  const excluded = excludedOf(workspace, values);
  const folder = resolve(io.cwd, String(values.recordings));
  if (typeof values.broker === 'string') {
    const { hear } = await import('../coverage/hear.ts');
    io.err(`listening on ${values.broker}; Ctrl-C ends it\n`);
    const onFault = (error: unknown) => io.err(`${error}\n`);
    const heard = await hear(workspace, values.broker, folder, { ended: untilEnded(io), onFault });
    io.err(`heard ${count(heard, 'message')}\n`);
  }
  const sessions = sessionsIn(folder, io.cwd);
  const domains = coverageOf(workspace, sessions).filter((it) => !excluded.includes(it.domain));
  const shown = { domains, excluded };
  io.out(values.format === 'json' ? coverageJson(shown) : coverageText(shown, io.color, values.all === true));
  return isWhole(shown) ? EXIT.clean : EXIT.findings;
};

function sessionsIn(folder: string, cwd: string): readonly Session[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((it) => it.endsWith('.jsonl')) : [];
  if (files.length === 0) {
    throw new CommandError(
      `there are no recordings in ${relative(cwd, folder) || '.'}`,
      'Run your tests with CHIROGRAPH_COVERAGE set to the folder (see docs/coverage.md), or listen with --broker.',
    );
  }
  return files.sort().map((file) => {
    const path = join(folder, file);
    const session = parseSession(readFileSync(path, 'utf8'));
    if ('problem' in session) {
      const hint = 'Delete it, and record again.';
      throw new CommandError(`${relative(cwd, path)}:${session.line}: ${session.problem}`, hint);
    }
    return session;
  });
}

function excludedOf({ domains }: Workspace, { exclude }: Values): readonly string[] {
  const names = domains.map((it) => it.name);
  const wanted = Array.isArray(exclude) ? exclude.map(String) : [];
  for (const name of wanted) {
    if (names.includes(name)) continue;
    const near = suggest(name, names);
    throw new CommandError(`there is no domain ${name}`, near && `Did you mean ${near}?`);
  }
  return wanted;
}
