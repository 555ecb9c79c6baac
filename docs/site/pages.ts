import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODES } from '../../contract/diagnostics/codes.ts';
import { commandPages } from './command-pages.ts';
import { configPage } from './config-page.ts';
import { GUIDES, REPOSITORY } from './outline.ts';
import type { SitePage } from './site-page.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Everything but the API: pages of docs/ as they are, pages from the README, and reference pages made from data. */
export function sitePages(): SitePage[] {
  const files = globSync('**/*.md', {
    cwd: `${ROOT}docs`,
    exclude: (name) => String(name).startsWith('site'),
  });
  const docs = files.sort().map((file) => ({
    // An index has the address of its folder.
    path: file.replace(/README\.md$/, 'index.md'),
    text: relinked(read(`docs/${file}`), `docs/${file}`),
  }));
  const pages = [
    ...docs,
    home(),
    { path: 'start.md', text: start() },
    { path: 'contributing.md', text: relinked(read('CONTRIBUTING.md'), 'CONTRIBUTING.md') },
    { path: 'changelog.md', text: relinked(read('CHANGELOG.md'), 'CHANGELOG.md') },
    { path: 'diagnostics/index.md', text: diagnosticList() },
    { path: 'config.md', text: configPage() },
    ...commandPages(),
  ];
  return [...pages, { path: 'public/llms.txt', text: llmsText(pages) }];
}

/** The README's way to a first event, which a test walks. */
function start(): string {
  const readme = read('README.md');
  const section = (title: string) => {
    const found = new RegExp(`\\n## ${title}\\n([\\s\\S]*?)(?=\\n## |$)`).exec(readme);
    if (!found?.[1]) throw new Error(`README.md has no section "${title}"`);
    return found[1].trim();
  };
  const text = [
    '# Get started',
    '',
    '## A first event',
    '',
    section('Your first event'),
    '',
    '## In your own project',
    '',
    section('In a project of your own'),
    '',
  ].join('\n');
  // What stands between the back quotes of a fence belongs to a test of the README.
  return relinked(text, 'README.md').replace(/^(```\w+) (?:file=(\S+)|compat)$/gm, (_, fence, file) =>
    file === undefined ? fence : `${fence} [${file}]`,
  );
}

function home(): SitePage {
  const front = `---
layout: home
title: Chirograph
hero:
  name: Chirograph
  text: Contract-first events
  tagline: AsyncAPI documents are the source of truth. Validate them, generate TypeScript from them, prove that a change is safe, publish a catalog, and run services on an outbox, an inbox and a broker.
  actions:
    - { theme: brand, text: Get started, link: /start }
    - { theme: alt, text: Is a change safe?, link: /compat }
    - { theme: alt, text: Run the outbox on PostgreSQL, link: /runtime }
features:
  - { title: Validate, details: 'Errors that say what is wrong, where, why it matters and how to fix it. AsyncAPI 2.0 to 3.1.', link: /diagnostics/ }
  - { title: Generate, details: 'Types, validators, producers, consumers, mocks and samples that read as if written by hand.', link: /generate }
  - { title: Prove, details: 'A change is safe, or here is the message that breaks and the services that reject it.', link: /compat }
  - { title: Publish, details: 'A site of every event: who sends it, who receives it, what changed between releases.', link: /catalog }
  - { title: Mock, details: 'Run the services you depend on from their contracts alone.', link: /mock }
  - { title: Run, details: 'Transactional outbox, idempotent inbox, ordered retry, dead letters and event store on PostgreSQL or SQLite, with NATS, RabbitMQ or Redis.', link: /runtime }
---
`;
  return { path: 'index.md', text: front };
}

function diagnosticList(): string {
  const areas = Map.groupBy(Object.entries(CODES), ([code]) => code.slice(0, code.indexOf('/')));
  const sections = [...areas]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([area, codes]) => [
      `## ${area}`,
      '',
      '| code | what is wrong | severity |',
      '|---|---|---|',
      ...codes.map(([code, { title, severity }]) => `| [${code}](${code}.md) | ${title} | ${severity} |`),
      '',
    ]);
  return [
    '# Diagnostics',
    '',
    `What \`chirograph validate\` reports: ${Object.keys(CODES).length} codes. \`chirograph explain <code>\` prints the same pages in a terminal.`,
    '',
    ...sections,
  ].join('\n');
}

/** Links to files of the repository that are no pages lead to the repository. */
function relinked(text: string, file: string): string {
  return text.replace(/\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)/g, (_, link: string, anchor = '') => {
    const target = posix.normalize(posix.join(posix.dirname(file), link));
    const own = PAGES_OF.get(target);
    if (own !== undefined) return `](/${own}${anchor})`;
    if (target.startsWith('docs/') && target.endsWith('.md')) {
      return `](/${target.slice('docs/'.length).replace(/README\.md$/, 'index.md')}${anchor})`;
    }
    return `](${REPOSITORY}/blob/main/${target}${anchor})`;
  });
}

/** Files outside docs/ that are pages here. */
const PAGES_OF: ReadonlyMap<string, string> = new Map([
  ['README.md', 'start.md'],
  ['CONTRIBUTING.md', 'contributing.md'],
  ['CHANGELOG.md', 'changelog.md'],
]);

/** https://llmstxt.org: what the site holds, a line a page. */
function llmsText(pages: readonly SitePage[]): string {
  const byPath = new Map(pages.map((it) => [it.path, it]));
  const sections = GUIDES.flatMap(({ text, items }) => [
    `## ${text}`,
    '',
    ...items.map(({ text: title, link }) => {
      const page = byPath.get(`${link.slice(1)}.md`) ?? byPath.get(`${link.slice(1)}index.md`);
      return `- [${title}](${link}): ${page ? firstSentence(page.text) : ''}`.replace(/: $/, '');
    }),
    '',
  ]);
  return [
    '# Chirograph',
    '',
    '> Contract-first events for TypeScript: AsyncAPI documents are validated, compared, and turned into code, mocks and a catalog.',
    '',
    ...sections,
  ].join('\n');
}

function firstSentence(markdown: string): string {
  const paragraph = markdown
    .replace(/^---[\s\S]*?^---$/m, '')
    .split(/\n\s*\n/)
    .find((it) => /^[A-Z`*]/.test(it.trim()));
  return /^[\s\S]*?[.:](?=\s|$)/.exec(paragraph?.replace(/\s+/g, ' ').trim() ?? '')?.[0] ?? '';
}

function read(file: string): string {
  return readFileSync(`${ROOT}${file}`, 'utf8');
}
