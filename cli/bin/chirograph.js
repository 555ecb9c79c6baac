#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `chirograph needs Node 22.13 or newer; this is ${process.version} (${process.execPath})\n`,
  );
  process.exit(2);
}
// Who reads the output may stop (`| head`): that ends the command quietly, as the signal SIGPIPE would (128 + 13).
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit(141);
    throw error;
  });
}
// What has been compiled once, types stripped and all, is not compiled again.
module.enableCompileCache();
const { main } = await import('../main.ts');
const { processIo } = await import('../terminal/io.ts');
process.exitCode = await main(process.argv.slice(2), processIo());
