import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderReader, load } from '@chirograph/contract/load';
import { scopeOf } from '@chirograph/generators';
import { asyncapiTemplate } from '../../cli/generate/asyncapi-template.ts';

const HERE = import.meta.dirname;
const REPO = join(HERE, '../..');
const require = createRequire(import.meta.url);

test('our generators run as a template of @asyncapi/generator', async () => {
  const Generator = require('@asyncapi/generator');
  const target = mkdtempSync(join(tmpdir(), 'chirograph-interop-'));
  try {
    const generator = new Generator(join(HERE, 'template'), target, {
      forceWrite: true,
      templateParams: { domain: 'streetlights', importExtension: '.js' },
    });
    await generator.generateFromFile(join(HERE, 'streetlights.yaml'));
    const types = readFileSync(join(target, 'streetlights/types.ts'), 'utf8');
    assert.match(types, /export interface LightMeasured \{/);
    assert.match(types, /readonly lumens\?: number;/);
    assert.match(readFileSync(join(target, 'streetlights/messages.ts'), 'utf8'), /from '\.\/types\.js'/);
    assert.ok(existsSync(join(target, 'streetlights/producers/streetlights.ts')));
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
});

test('its HTML template runs from a config entry of ours, over a workspace', async () => {
  process.chdir(HERE);
  const { workspace } = load(folderReader(REPO, ['specs/loyalty/tier.asyncapi.yaml']));
  const html = asyncapiTemplate({ template: '@asyncapi/html-template', parameters: { singleFile: 'true' } });
  const files = await html.generate(scopeOf(workspace, 'loyalty', { importExtension: '.ts' }));
  const index = files.find((it) => it.path === 'loyalty/html-template/tier/index.html');
  assert.ok(index, files.map((it) => it.path).join(', '));
  assert.match(index.text, /Tier Service/);
});
