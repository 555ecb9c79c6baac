import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/**
 * Bundles the script of the site into `catalog/site/script.ts`, so that building a site needs no bundler. Run it
 * after a change of the script: `node catalog/app/build.ts`.
 */
export async function bundledScript(): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL('main.ts', import.meta.url)),
    platform: 'browser',
  });
  const { output } = await build.generate({ format: 'iife', minify: true });
  await build.close();
  return output[0].code;
}

/** The module that holds it. */
export function moduleOf(script: string): string {
  return `/** The script of the site, bundled from \`catalog/app\` by \`node catalog/app/build.ts\`. Do not edit. */\nexport const SCRIPT = ${JSON.stringify(script)};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../site/script.ts', import.meta.url), moduleOf(await bundledScript()));
}
