import {
  consumersOf,
  identitiesOf,
  type Message,
  sendersOf,
  type Workspace,
} from '@chirograph/contract/model';
import { readSettings } from '../config/read-config.ts';
import { EXIT } from '../exit.ts';
import { styleFor } from '../terminal/style.ts';
import { visible } from '../terminal/visible.ts';
import { count, table } from '../terminal/words.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import type { Run } from './command.ts';

/** `chirograph list`: every message with its senders and consumers, by domain. */
export const run: Run = async (paths, values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  const { workspace, diagnostics } = await openWorkspace(settings, values, io, paths);
  const rows = identitiesOf(workspace).map(({ message }) => rowOf(workspace, message));
  io.out(
    values.format === 'json'
      ? `${JSON.stringify(documentOf(workspace, rows), null, 2)}\n`
      : listing(workspace, rows, io.color),
  );
  const faults = diagnostics.filter((it) => it.severity === 'error').length;
  if (faults === 0) return EXIT.clean;
  io.err(`The list lacks what could not be read: ${count(faults, 'error')}. Run: chirograph validate\n`);
  return EXIT.findings;
};

interface Row {
  readonly domain: string;
  readonly name: string;
  readonly version: string;
  readonly kind: Message['kind'];
  readonly sentBy: readonly string[];
  readonly receivedBy: readonly string[];
}

function rowOf(workspace: Workspace, { id, domain, name, version, kind }: Message): Row {
  const names = (services: readonly { readonly name: string }[]) => services.map((it) => it.name);
  return {
    domain,
    name,
    version,
    kind,
    sentBy: names(sendersOf(workspace, id)),
    receivedBy: names(consumersOf(workspace, id)),
  };
}

function documentOf(workspace: Workspace, messages: readonly Row[]): object {
  const services = workspace.services.map(({ domain, name, title, version, owner }) => ({
    domain,
    name,
    title,
    version,
    owner,
  }));
  return { services, messages };
}

function listing({ domains, services }: Workspace, rows: readonly Row[], color: boolean): string {
  const style = styleFor(color);
  const sections = domains.map(({ name }) => {
    const own = rows.filter((it) => it.domain === name);
    const lines = own.map((it) => [
      `  ${visible(`${it.name} ${it.version}`)}`,
      it.kind,
      visible(`${it.sentBy.join(', ') || '-'} -> ${it.receivedBy.join(', ') || '-'}`),
    ]);
    return `${style.bold(visible(name))}\n${table(lines)}\n`;
  });
  return `${sections.join('\n')}\n${count(rows.length, 'message')}, ${count(services.length, 'service')}, ${count(domains.length, 'domain')}\n`;
}
