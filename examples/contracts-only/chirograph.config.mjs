import { defineConfig } from 'chirograph';

export default defineConfig({
  lint: { preset: 'strict' },
  // Consumers and stored messages both count: old readers of new messages, and new readers of old ones.
  compat: { mode: 'FULL' },
});
