import { defineConfig } from 'chirograph';

export default defineConfig({ specs: 'specs', output: 'generated' });
