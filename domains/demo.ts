/** `npm run demo -- shop`: the demo of a domain; loyalty's without a name. What follows the name is the demo's own. */
const DOMAINS = ['loyalty', 'shop', 'ticketing', 'checkout', 'learning-platform'];

const [name = ''] = process.argv.slice(2);
if (DOMAINS.includes(name)) {
  process.argv.splice(2, 1);
  await import(`./${name}/demo/main.ts`);
} else if (name === '' || name.startsWith('-')) {
  await import('./loyalty/demo/main.ts');
} else {
  process.stderr.write(`There is no demo of ${name}; there are ${DOMAINS.join(', ')}.\n`);
  process.exitCode = 2;
}
