/**
 * The settings of the EventCatalog site. Its pages are generated from the contracts (`npm run catalog`) into `project/`,
 * so nothing else here is written by hand. Only EventCatalog's free features are used.
 */
export default {
  // Names this catalog; EventCatalog would write a random one into this file.
  cId: '0b7c1f5e-6a0f-4a52-9c1d-5f2d8f0f7a11',
  title: 'Event catalog',
  organizationName: 'Event catalog',
  tagline: 'Every service, channel, message and flow, as the contracts say it.',
  homepageLink: 'http://127.0.0.1:4400',
  logo: { alt: 'Chirograph', src: '/logo.svg', text: 'Event catalog' },
  output: 'static',
  outDir: 'dist',
  docs: { sidebar: { type: 'LIST_VIEW', showOrphanedMessages: true } },
  visualiser: { channels: { renderMode: 'flat' } },
  // Pages for language models, plain text beside each page.
  llmsTxt: { enabled: true },
  rss: { enabled: false },
  changelog: { enabled: false },
  generators: [],
};
