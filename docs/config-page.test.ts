import { describe, expect, it } from 'vitest';
import { checkConfig } from '../cli/config/check-config.ts';
import type {
  CatalogConfig,
  CompatConfig,
  Config,
  DomainConfig,
  IgnoredFindings,
} from '../cli/config/config.ts';
import { configKeys, configPage } from './site/config-page.ts';

type Keys<T> = Readonly<Record<keyof T, true>>;

/** The compiler holds these to the types: a key that is new in one of them must be named here, and so in the schema. */
const TOP: Keys<Config> = {
  specs: true,
  output: true,
  importExtension: true,
  layout: true,
  dates: true,
  ids: true,
  generators: true,
  domains: true,
  documents: true,
  lint: true,
  compat: true,
  catalog: true,
  remote: true,
  neighbours: true,
};
const DOMAIN: Keys<DomainConfig> = {
  importExtension: true,
  layout: true,
  dates: true,
  ids: true,
  generators: true,
  perspective: true,
};
const LINT: Keys<NonNullable<Config['lint']>> = {
  preset: true,
  severities: true,
  rules: true,
  ignore: true,
  baseline: true,
};
const IGNORE: Keys<IgnoredFindings> = { code: true, files: true, domain: true, reason: true };
const COMPAT: Keys<CompatConfig> = {
  mode: true,
  writers: true,
  formats: true,
  against: true,
  tags: true,
  versions: true,
  approvals: true,
  domains: true,
  messages: true,
  severities: true,
  unknownReaders: true,
  deprecationDays: true,
};
const CATALOG: Keys<CatalogConfig> = { title: true, out: true, pages: true, releases: true };

describe('the reference of the config', () => {
  it.each([
    ['', TOP],
    ['domains.<name>.', DOMAIN],
    ['lint.', LINT],
    ['lint.ignore[].', IGNORE],
    ['compat.', COMPAT],
    ['catalog.', CATALOG],
  ] as const)('has every key of the type: %s', (prefix, keys) => {
    const there = configKeys()
      .filter((it) => it.startsWith(prefix) && /^[\w$]+$/.test(it.slice(prefix.length)))
      .map((it) => it.slice(prefix.length));
    expect(there.filter((it) => it !== '$schema').sort()).toEqual(Object.keys(keys).sort());
  });

  it('has examples that the config accepts', async () => {
    const examples = [...configPage().matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text]) => text ?? '');
    expect(examples).toHaveLength(Object.keys(TOP).length);
    const own = { name: 'own', generate: () => [] };
    const rule = { code: 'own/no-draft-names', severity: 'error', check: () => [] };
    const read = new Function('ownGenerator', 'noDraftNames', `return {${examples.join('\n')}}`);
    await checkConfig(read(own, rule) as object, 'chirograph.config.ts', '');
  });
});
