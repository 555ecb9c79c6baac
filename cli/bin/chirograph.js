#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('../main.ts');
const { processIo } = await import('../terminal/io.ts');
process.exitCode = await main(process.argv.slice(2), processIo());
