export { defineRule, type UserFinding, type UserRule } from '@chirograph/contract/lint';
export { type Config, defineConfig } from './config/config.ts';
