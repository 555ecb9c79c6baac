// Every run of the command loads this by way of the config: what is exported here is small.
export { defineRule, type UserFinding, type UserRule } from '@chirograph/contract/lint/user-rule';
export { type Config, defineConfig } from './config/config.ts';
export { type AsyncApiTemplate, asyncapiTemplate } from './generate/asyncapi-template.ts';
