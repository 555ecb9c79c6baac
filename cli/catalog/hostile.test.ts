import { backstageOf, catalogFiles, catalogOf, eventCatalogOf, siteFiles } from '@chirograph/catalog';
import { load, memoryReader } from '@chirograph/contract/load';
import { loadAll, load as readYaml } from 'js-yaml';
import { expect, it } from 'vitest';
import { hostileDocument } from '../../generators/hostile/hostile-document.ts';
import { hostileTexts } from '../../generators/hostile/hostile-texts.ts';

/** Control characters but for tab and line break, and what reorders or hides text. */
const INVISIBLE = /[^\t\n\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;

const WORKSPACES = hostileTexts().map((texts) => {
  let n = 0;
  const say = () => `${texts[n % texts.length]}${n++}`;
  const document = JSON.stringify(hostileDocument(say));
  return load(memoryReader({ 'specs/hostile\n;ran();/*/x.asyncapi.json': document })).workspace;
});

it.each(WORKSPACES)('pages of a hostile contract hold text alone (%#)', (workspace) => {
  const catalog = catalogOf(workspace);
  const files = [...siteFiles(catalog), ...catalogFiles(catalog)];
  expect(files.length).toBeGreaterThan(20);
  for (const { path, text } of files) {
    expect([path, INVISIBLE.exec(text)?.[0]]).toEqual([path, undefined]);
    if (path.endsWith('.json')) JSON.parse(text);
    if (!path.endsWith('.html')) continue;
    const withoutTags = text.replace(TAG, (tag) => {
      expect([path, tag]).not.toEqual([
        path,
        expect.stringMatching(/^<\/?(u|img|iframe)\b|\son\w+=|="\s*javascript:/i),
      ]);
      return '';
    });
    expect([path, /</.exec(withoutTags)?.[0]]).toEqual([path, undefined]);
  }
});

it.each(WORKSPACES)('MDX of a hostile contract holds nothing that runs (%#)', (workspace) => {
  const files = eventCatalogOf(workspace);
  const pages = files.filter(({ path }) => path.endsWith('.mdx'));
  expect(pages.length).toBeGreaterThan(8);
  for (const { path, text } of files) {
    expect([path, INVISIBLE.exec(text)?.[0]]).toEqual([path, undefined]);
    if (path.endsWith('.json')) JSON.parse(text);
  }
  for (const { path, text } of pages) {
    const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
    expect([path, readYaml(front)]).toEqual([path, expect.any(Object)]);
    const prose = body.replace(FENCED, '').replace(SPAN, '').replace(COMPONENT, '');
    expect([path, /^.*[<{].*$|^(import|export) .*$/m.exec(prose)?.[0]]).toEqual([path, undefined]);
  }
});

it.each(WORKSPACES)('Backstage reads in a hostile contract what it says (%#)', (workspace) => {
  const files = backstageOf(workspace);
  for (const { path, text } of files) {
    expect([path, INVISIBLE.exec(text)?.[0]]).toEqual([path, undefined]);
    if (path.endsWith('catalog-info.yaml')) continue;
    expect(load(memoryReader({ 'specs/x/x.asyncapi.json': text })).workspace.messages).toHaveLength(3);
  }
  const info = files.find(({ path }) => path.endsWith('/catalog-info.yaml'))?.text ?? '';
  const entities = loadAll(info) as { metadata: { title: string; name: string } }[];
  expect(entities).toHaveLength(3);
  for (const { metadata } of entities) expect(metadata.name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
  expect(entities[1]?.metadata.title).toBe(entities[2]?.metadata.title);
  expect(entities[1]?.metadata.title).toContain(workspace.services[0]?.title.slice(0, 3));
});

/** A tag that is complete: nothing in its attributes ends it early. */
const TAG = /<!doctype html>|<\/?[a-z][a-z0-9]*(\s+[a-z0-9-]+(="[^"]*")?)*\s*\/?>/gi;
/** What CommonMark takes for code: no backtick stands behind a fence of backticks. */
const FENCED = /^```[^`\n]*\n[\s\S]*?^```$/gm;
const SPAN = /(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g;
/** What we put into a page ourselves. */
const COMPONENT = /<\/?(?:[A-Z]\w*)(?: [a-z]\w*="[^"{}<>]*")* ?\/?>/gi;
