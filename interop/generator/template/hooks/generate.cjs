const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

/**
 * The template renders nothing itself: when the generator has done its part, ours read the same document, and write what
 * they make of it beside.
 */
module.exports = {
  'generate:after': async ({ originalAsyncAPI, targetDir, templateParams }) => {
    const { load, memoryReader } = await import('@chirograph/contract/load');
    const { generate } = await import('@chirograph/generators');
    const file = `${templateParams.domain}/asyncapi.yaml`;
    const { workspace, diagnostics } = load(memoryReader({ [file]: originalAsyncAPI }));
    const errors = diagnostics.filter((it) => it.severity === 'error');
    if (errors.length > 0) {
      throw new Error(errors.map((it) => `${it.code} at ${it.at.pointer}: ${it.message}`).join('\n'));
    }
    const { importExtension } = templateParams;
    for (const { path, text } of await generate(workspace, { importExtension })) {
      mkdirSync(dirname(join(targetDir, path)), { recursive: true });
      writeFileSync(join(targetDir, path), text);
    }
  },
};
