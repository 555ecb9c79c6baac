import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Runs AsyncAPI's HTML template over one document: node html-template.ts <folder of the packages> <document> <output> */
const [packages = '', document = '', out = ''] = process.argv.slice(2);
const require = createRequire(join(packages, 'package.json'));
const Generator = require('@asyncapi/generator');
const template = join(packages, 'node_modules/@asyncapi/html-template');
await new Generator(template, out, { forceWrite: true }).generateFromFile(document);
