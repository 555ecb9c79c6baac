import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { GUIDES, REPOSITORY } from '../outline.ts';

const CONTENT = join(dirname(fileURLToPath(import.meta.url)), '../content');

/** The pages of a reference, by folder: too many to be shown elsewhere than within it. */
function referenceOf(folder: string, text: string) {
  const at = join(CONTENT, folder);
  if (!existsSync(at)) return [];
  const entries = readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const item = (path: string, name: string) => ({
    text: name.replace(/\.md$/, ''),
    link: `/${path}/${name.replace(/\.md$/, '')}`,
  });
  const pages = entries.filter((it) => it.isFile() && it.name.endsWith('.md') && it.name !== 'index.md');
  const folders = entries.filter((it) => it.isDirectory());
  return [
    { text, link: `/${folder}/`, items: pages.map((it) => item(folder, it.name)) },
    ...folders.map((it) => ({
      text: it.name,
      collapsed: true,
      items: readdirSync(join(at, it.name))
        .filter((name) => name.endsWith('.md') && name !== 'index.md')
        .sort()
        .map((name) => item(`${folder}/${it.name}`, name)),
    })),
  ];
}

export default defineConfig({
  title: 'Chirograph',
  description: 'Contract-first events for TypeScript.',
  lang: 'en',
  srcDir: 'content',
  outDir: 'dist',
  cleanUrls: true,
  lastUpdated: false,
  // Angle brackets in contracts and types are text.
  markdown: {
    html: false,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    languageAlias: { jsonc: 'json' },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Commands', link: '/commands/' },
      { text: 'Diagnostics', link: '/diagnostics/' },
      { text: 'Compatibility rules', link: '/compat/' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: {
      '/commands/': referenceOf('commands', 'Commands'),
      '/diagnostics/': referenceOf('diagnostics', 'Diagnostics'),
      '/compat/': referenceOf('compat', 'Compatibility rules'),
      '/decisions/': referenceOf('decisions', 'Decisions'),
      '/api/': referenceOf('api', 'API'),
      '/': GUIDES.map((it) => ({ text: it.text, items: [...it.items] })),
    },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
  },
});
