import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalogOf, siteOf } from '@chirograph/catalog';
import { folderReader, load, memoryReader, type Reader } from '@chirograph/contract/load';
import type { Page } from 'playwright-core';
import { ring } from '../../bench/catalog-ring.ts';
import { openBrowser } from './browser.ts';

/**
 * What a reader of a catalog waits for, in Chromium, from `file:`: until the first page is there, until its search has
 * answered for the first time (its data loaded and indexed), for each answer after that, and until a message is open.
 * Medians of five. Beside it, in the same run, pages of other tools, as far as they are given.
 *
 *   node catalog/browser/bench.ts [--peer <name>=<URL of a page>]... [messages...]
 *
 * Needs the packages of the catalog's check: npm ci --prefix catalog/browser --ignore-scripts
 */

const { sizes, peers } = argumentsOf(process.argv.slice(2));
const browser = await openBrowser((line) => process.stdout.write(`${line}\n`));
try {
  await measure('this repository', folderReader(new URL('../..', import.meta.url).pathname, ['specs']));
  for (const size of sizes) await measure(`${size} in a ring`, memoryReader(ring(size)));
  for (const [name, url] of peers) {
    const page = await browser.newPage();
    const opened = await times(5, () => open(page, url));
    process.stdout.write(`${name}: a page open ${opened} ms\n`);
    await page.close();
  }
} finally {
  await browser.close();
}

async function measure(name: string, reader: Reader): Promise<void> {
  const catalog = catalogOf(load(reader).workspace);
  const files = siteOf(catalog);
  const messages = catalog.index.messages.map((it) => it.id);
  const some = messages.filter((_, i) => i % Math.ceil(messages.length / 5) === 0);
  const out = mkdtempSync(join(tmpdir(), 'chirograph-bench-'));
  // What is opened; the others would be written for nothing.
  const assets = [...files.keys()].filter((it) => it.startsWith('assets/'));
  for (const path of ['index.html', ...assets, ...some.map((it) => `${it}.html`)]) {
    const file = join(out, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, files.get(path)?.() ?? '');
  }
  const addressOf = (id: string) => `${pathToFileURL(join(out, id))}.html`;
  const page = await browser.newPage();
  const ready = await times(5, () => open(page, addressOf('index')));
  const first = await times(5, async () => {
    await page.goto(addressOf('index'));
    return await searchFor(page, 'thing');
  });
  const questions = ['thing', 'order placed', 'service12.thing7', 'ponits erned', 'field3of40'];
  const answers = [];
  for (const it of questions) answers.push(await searchFor(page, it));
  const opened = [];
  for (const it of some) opened.push(await open(page, addressOf(it)));
  await page.close();
  rmSync(out, { recursive: true, force: true });
  process.stdout.write(
    `${name}: ${messages.length} messages, first page ${ready} ms, first answer ${first} ms, an answer ${median(answers)} ms (at most ${Math.round(Math.max(...answers))}), a message open ${median(opened)} ms\n`,
  );
}

/** Until a page and its scripts are there. */
async function open(page: Page, url: string): Promise<number> {
  const started = performance.now();
  await page.goto(url, { waitUntil: 'load' });
  return performance.now() - started;
}

/** Until what is found for a question is laid out. Asked in the page, so that nothing but the page is measured. */
function searchFor(page: Page, question: string): Promise<number> {
  return page.evaluate(async (text) => {
    const started = performance.now();
    if (!document.querySelector('dialog.search')) {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
      while (!document.querySelector('dialog.search .count')?.textContent)
        await new Promise((done) => setTimeout(done));
    }
    const input = document.querySelector('dialog.search input[type=search]') as HTMLInputElement;
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('.found')?.getBoundingClientRect();
    return performance.now() - started;
  }, question);
}

async function times(count: number, run: () => Promise<number>): Promise<number> {
  const all = [];
  for (let i = 0; i < count; i += 1) all.push(await run());
  return median(all);
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}

function argumentsOf(given: readonly string[]): { sizes: number[]; peers: [string, string][] } {
  const peers = given.flatMap((it, i) => (given[i - 1] === '--peer' ? [it] : []));
  const numbers = given.filter((it) => /^\d+$/.test(it)).map(Number);
  return {
    sizes: numbers.length > 0 ? numbers : [10_000],
    peers: peers.map((it) => [it.slice(0, it.indexOf('=')), it.slice(it.indexOf('=') + 1)]),
  };
}
