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
    'samples',
    'fakes',
    'http',
  ],
});
