/** Where links to files of the repository lead. */
export const REPOSITORY = 'https://github.com/chirograph/chirograph';

interface Section {
  readonly text: string;
  readonly items: readonly { readonly text: string; readonly link: string }[];
}

/** The pages of the sidebar, by what a reader wants to do. */
export const GUIDES: readonly Section[] = [
  {
    text: 'Start',
    items: [
      { text: 'Get started', link: '/start' },
      { text: 'Your first contract', link: '/first-contract' },
      { text: 'Comparison with other tools', link: '/comparison' },
    ],
  },
  {
    text: 'Contracts',
    items: [
      { text: 'What AsyncAPI cannot say: x-contract', link: '/x-contract' },
      { text: 'References', link: '/references' },
      { text: 'Is a change safe?', link: '/compat' },
      { text: 'Compatibility in CI', link: '/compat-ci' },
      { text: 'Neighbours', link: '/neighbours' },
      { text: 'Containment of JSON Schemas', link: '/containment' },
      { text: 'The catalog', link: '/catalog' },
      { text: 'Mock services', link: '/mock' },
    ],
  },
  {
    text: 'Code',
    items: [
      { text: 'Generated code', link: '/generate' },
      { text: 'A generator of your own', link: '/plugins' },
      { text: 'The runtime', link: '/runtime' },
      { text: 'Commands over HTTP', link: '/http' },
      { text: 'Operating a service', link: '/operations' },
      { text: 'Contract coverage', link: '/coverage' },
      { text: 'Reference domains', link: '/reference-domains' },
      { text: 'A broker or store of your own', link: '/adapters' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'Commands', link: '/commands/' },
      { text: 'Config', link: '/config' },
      { text: 'Diagnostics', link: '/diagnostics/' },
      { text: 'Compatibility rules', link: '/compat/' },
      { text: 'API', link: '/api/' },
    ],
  },
  {
    text: 'Project',
    items: [
      { text: 'Contributing', link: '/contributing' },
      { text: 'Decisions', link: '/decisions/' },
      { text: 'Changelog', link: '/changelog' },
    ],
  },
];
