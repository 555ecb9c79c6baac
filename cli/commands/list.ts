import {
  consumersOf,
  identitiesOf,
  type Message,
  type Service,
  sendersOf,
  type Workspace,
} from '@chirograph/contract/model';
import { isOfNeighbour } from '../config/neighbour.ts';
import { readSettings } from '../config/read-config.ts';
import { EXIT } from '../exit.ts';
import { styleFor } from '../terminal/style.ts';
import { visible } from '../terminal/visible.ts';
import { count, table } from '../terminal/words.ts';
import { openEstate } from '../workspace/open-workspace.ts';
import type { Run } from './command.ts';

/** `chirograph list`: every message with its senders and consumers, by domain. */
export const run: Run = async (paths, values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  const { workspace, diagnostics } = await openEstate(settings, values, io, paths);
  const isOwn = ({ at }: { readonly at: { readonly file: string } }) => !isOfNeighbour(settings, at.file);
  // Of what neighbours tell one another nothing is said here.
  const rows = identitiesOf(workspace)
    .filter(({ message, views }) => {
      const parties = [...sendersOf(workspace, message.id), ...consumersOf(workspace, message.id)];
      return views.some(isOwn) || parties.some(isOwn);
    })
    .map(({ message }) => rowOf(workspace, message, isOwn));
  io.out(
    values.format === 'json'
      ? `${JSON.stringify(documentOf(workspace, rows, isOwn), null, 2)}\n`
      : listing(workspace.services.filter(isOwn), rows, io.color),
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

function rowOf(
  workspace: Workspace,
  { id, domain, name, version, kind }: Message,
  isOwn: (service: Service) => boolean,
): Row {
  const names = (services: readonly Service[]) =>
    services.map((it) => (isOwn(it) ? it.name : `${it.name} (neighbour)`));
  return {
    domain,
    name,
    version,
    kind,
    sentBy: names(sendersOf(workspace, id)),
    receivedBy: names(consumersOf(workspace, id)),
  };
}

function documentOf(
  workspace: Workspace,
  messages: readonly Row[],
  isOwn: (service: Service) => boolean,
): object {
  const services = workspace.services.map((it) => {
    const { domain, name, title, version, owner } = it;
    return { domain, name, title, version, owner, ...(!isOwn(it) && { neighbour: true }) };
  });
  return { services, messages };
}

function listing(services: readonly Service[], rows: readonly Row[], color: boolean): string {
  const style = styleFor(color);
  const domains = new Set([...services, ...rows].map((it) => it.domain));
  const byDomain = [...Map.groupBy(rows, (it) => it.domain)].sort(([a], [b]) => (a < b ? -1 : 1));
  const sections = byDomain.map(([name, own]) => {
    const lines = own.map((it) => [
      `  ${visible(`${it.name} ${it.version}`)}`,
      it.kind,
      visible(`${it.sentBy.join(', ') || '-'} -> ${it.receivedBy.join(', ') || '-'}`),
    ]);
    return `${style.bold(visible(name))}\n${table(lines)}\n`;
  });
  const counts = [
    count(rows.length, 'message'),
    count(services.length, 'service'),
    count(domains.size, 'domain'),
  ];
  return `${[...sections, `${counts.join(', ')}\n`].join('\n')}`;
}
