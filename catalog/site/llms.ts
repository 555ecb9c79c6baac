import type { CatalogIndex } from '../data/catalog.ts';
import { humanize } from '../text/humanize.ts';
import { hrefFrom } from './page.ts';
import { counted } from './words.ts';

/** More messages than this are found by way of their domain's page. */
const MOST = 2000;

/** `llms.txt` (llmstxt.org): what there is, as links to markdown. */
export function llmsText({ title, domains, messages, services, flows }: CatalogIndex): string {
  const href = hrefFrom('index');
  const link = (id: string, name: string, told: string | undefined) =>
    `- [${line(name)}](${href(id, '.md')})${told ? `: ${line(told)}` : ''}`;
  const newest = messages.filter((it) => it.latest).slice(0, MOST);
  const byDomain = Map.groupBy(newest, (it) => it.domain);
  return `${[
    `# ${line(title)}`,
    `> Messages that services send one another: what they hold, who sends and receives them. catalog.json has the same for programs.`,
    '## Domains',
    domains
      .map((it) =>
        link(it.id, it.title, `${counted(it.messages, 'message')}, ${counted(it.services, 'service')}`),
      )
      .join('\n'),
    ...[...byDomain].flatMap(([domain, rows]) => [
      `## Messages of ${line(domains.find((it) => it.name === domain)?.title ?? humanize(domain))}`,
      rows.map((it) => link(it.id, `${it.name} ${it.version}`, it.summary)).join('\n'),
    ]),
    '## Services',
    services
      .slice(0, MOST)
      .map((it) => link(it.id, it.title, it.summary))
      .join('\n'),
    ...(flows.length > 0
      ? ['## Flows', flows.map((it) => link(it.id, it.title, it.summary)).join('\n')]
      : []),
  ].join('\n\n')}\n`;
}

function line(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[[\]]/g, '');
}
