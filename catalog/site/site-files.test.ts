import { posix } from 'node:path';
import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { catalogOf } from '../data/catalog-of.ts';
import { FIXTURE } from '../fixture.ts';
import { siteFiles } from './site-files.ts';

const root = new URL('../..', import.meta.url).pathname;
const { workspace: own } = load(folderReader(root, ['specs']));
const { workspace } = load(memoryReader(FIXTURE));
const releases = [{ name: 'v1', date: '2026-01-01', workspace }];

/** Markup that would do something in each place where text could end up: content, attribute, URL, script, comment. */
const HOSTILE = `"'><img src=x onerror=boom()><script>boom()</script>[a](javascript:boom()) ![b](http://evil.example/b) <!--`;

describe('the site', () => {
  const sites = [
    ['of this repository', [...siteFiles(catalogOf(own, { releases }))]],
    ['of the fixture, with a page of people', [...siteFiles(catalogOf(workspace, { releases }), PAGES())]],
    [
      'of a contract with markup in every text',
      [...siteFiles(catalogOf(hostile()), [{ name: 'x', text: HOSTILE }])],
    ],
  ] as const;

  it.each(sites)('%s links to what is there', (_, files) => {
    const pages = new Map(files.map((it) => [it.path, it.text]));
    const lost = files.flatMap(({ path, text }) =>
      path.endsWith('.html')
        ? linksOf(text)
            .filter((href) => !leads(pages, path, href))
            .map((href) => `${path}: ${href}`)
        : [],
    );
    expect([...new Set(lost)]).toEqual([]);
  });

  it.each(sites)('%s has one heading, one language and one file an address', (_, files) => {
    expect(new Set(files.map((it) => it.path.toLowerCase())).size).toBe(files.length);
    for (const { path, text } of files) {
      if (!path.endsWith('.html') || text.includes('http-equiv="refresh"')) continue;
      expect([path, text.match(/<h1[ >]/g)?.length]).toEqual([path, 1]);
      const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect([path, ids.length]).toEqual([path, new Set(ids).size]);
    }
  });

  it('is the same for the same contracts', () => {
    expect([...siteFiles(catalogOf(structuredClone(workspace), { releases }), PAGES())]).toEqual(sites[1][1]);
  });
});

it('keeps markup in contracts text, whatever string it stands in', () => {
  const pages = [...siteFiles(catalogOf(hostile()), [{ name: 'x', text: HOSTILE }])].filter((it) =>
    it.path.endsWith('.html'),
  );
  expect(pages.length).toBeGreaterThan(15);
  let shown = 0;
  for (const { path, text } of pages) {
    const tags = [...text.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-z0-9-]+(?:="[^"]*")?)*)\s*\/?>/gi)];
    for (const [tag, name = '', attributes = ''] of tags) {
      expect([path, tag]).not.toEqual([path, expect.stringMatching(/^<(img|iframe|object|embed|base)/i)]);
      if (name === 'script')
        expect([path, tag]).toEqual([
          path,
          expect.stringMatching(/^<script src="(\.\.\/)?assets\/app\.js" defer>$/),
        ]);
      expect([path, attributes]).not.toEqual([path, expect.stringMatching(/="\s*javascript:/i)]);
      const names = attributes.replace(/"[^"]*"/g, '""');
      expect([path, names]).not.toEqual([path, expect.stringMatching(/\son\w+=/i)]);
    }
    // Nothing opens a tag but tags.
    expect([
      path,
      text.replace(/<!doctype html>|<\/?[a-z][a-z0-9]*(\s+[a-z0-9-]+(="[^"]*")?)*\s*\/?>/gi, '').match(/</),
    ]).toEqual([path, null]);
    shown += text.split('&lt;script&gt;boom()').length - 1;
  }
  expect(shown).toBeGreaterThan(50);
});

it('shows a person’s page, and their words on the first page', () => {
  const files = new Map([...siteFiles(catalogOf(workspace), PAGES())].map((it) => [it.path, it.text]));
  expect(files.get('pages/on-call.html')).toContain('<h1>On call</h1>');
  expect(files.get('index.html')).toContain('<strong>Welcome</strong>');
});

function PAGES() {
  return [
    { name: 'index', text: '**Welcome**' },
    { name: 'on-call', text: '# On call\n\nSee [the order](../messages/shop.order.placed@2.0.html).' },
  ];
}

function hostile() {
  const files = Object.entries(FIXTURE).map(([file, text]) => [
    file,
    text.replace(
      /((?:title|description|summary|outcome|trigger|name|version): )('?)([A-Z][^\n{}'|>]*?)\2(?=\s*[,}\n])/g,
      (_, key, __, words) => `${key}${JSON.stringify(`${words} ${HOSTILE}`)}`,
    ),
  ]);
  const found = load(memoryReader(Object.fromEntries(files)));
  expect(found.diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
  return found.workspace;
}

function linksOf(text: string): string[] {
  return [...text.matchAll(/ href="([^"]*)"/g)].flatMap(([, href = '']) => {
    const link = href.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replaceAll('&quot;', '"');
    return /^(https?|mailto):/.test(link) || link.includes('#logo') ? [] : [link];
  });
}

function leads(pages: ReadonlyMap<string, string>, from: string, href: string): boolean {
  const [path = '', anchor] = href.split('#');
  const target = path === '' ? from : posix.join(posix.dirname(from), decodeURIComponent(path));
  const page = pages.get(target);
  return page !== undefined && (anchor === undefined || page.includes(` id="${anchor}"`));
}
