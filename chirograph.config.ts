import { defineConfig } from 'chirograph';

export default defineConfig({
  specs: 'specs',
  output: 'generated',
  generators: [
    'types',
    'validators',
    'messages',
    'upcasters',
    'producers',
    'consumers',
    'requests',
    'samples',
    'fakes',
    'streams',
    'http',
  ],
});
