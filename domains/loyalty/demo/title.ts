import type { Page } from '../../shared/demo/page.ts';
import type { Infrastructure } from '../../shared/infrastructure/options.ts';
import { isServer } from '../../shared/infrastructure/store.ts';

/** Says what is about to be seen. */
export function printTitle({ line }: Page, where: { readonly broker: string; readonly store: string }): void {
  line();
  line([
    { text: 'Coffee Rewards', style: 'bold' },
    { text: ': a loyalty domain, from contract to running events' },
  ]);
  line();
  line([
    { text: '  One service publishes ten events, eight services consume them. Their types, validators,' },
  ]);
  line([
    {
      text: '  producers and consumers are generated from specs/loyalty; what they do is in domains/loyalty.',
    },
  ]);
  line();
  for (const [name, value] of [
    ['broker', where.broker],
    ['store', where.store],
    ['path', 'command -> decision -> event stream and outbox, in one transaction -> relay -> broker'],
    ['', '-> inbox, handler and what it writes, in one transaction, once'],
    ['time', "dates are the story's; milliseconds are real: of an event, until all have handled it"],
  ] as const) {
    line([{ text: `  ${name.padEnd(8)}`, style: 'dim' }, { text: value }]);
  }
}

/** Says what to do next. `took`: milliseconds. */
export function printFarewell({ line }: Page, took: number, { broker, store }: Infrastructure): void {
  line();
  line([
    { text: '✓ ', style: 'green' },
    { text: 'Everything came out as told', style: 'bold' },
    { text: `, in ${(took / 1000).toFixed(1)} s.` },
  ]);
  line();
  line([{ text: 'What to try next', style: 'bold' }]);
  line();
  const ideas: readonly (readonly [string, string])[] = [
    broker === undefined
      ? ['npm run demo -- --broker nats://127.0.0.1:4222', 'the same over NATS JetStream']
      : ['npm run demo', 'the same without a server'],
    store === undefined || isServer(store)
      ? ['npm run demo -- --store loyalty.db', 'keep the store, and look into it']
      : [`sqlite3 ${store} 'SELECT stream, type FROM events'`, 'what the store holds'],
    ['specs/loyalty/loyalty.asyncapi.yaml', 'rename a field in the contract ...'],
    ['npx chirograph generate && npx tsc --noEmit', '... and see what has to change'],
    ['domains/loyalty/loyalty/enrollment/earn.ts', 'how points are earned: a pure decision'],
    ['domains/loyalty/wire.ts', 'how the parts come together'],
  ];
  for (const [what, why] of ideas) {
    line([{ text: `  ${what.padEnd(50)}`, style: 'cyan' }, { text: why }]);
  }
}
