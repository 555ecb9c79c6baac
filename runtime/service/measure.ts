import type { Store } from '../ports/store.ts';

/** One number to be watched. */
export interface Measurement {
  /** By OpenTelemetry's manner: `chirograph.outbox.depth`. */
  readonly name: GaugeName;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
}

export type GaugeName = keyof typeof GAUGES;

/** What is measured, in words and units. */
export const GAUGES = {
  'chirograph.outbox.depth': {
    unit: '{message}',
    description: 'Messages that are decided and not yet at the broker.',
  },
  'chirograph.outbox.age': { unit: 's', description: 'Age of the oldest of them.' },
  'chirograph.parked': {
    unit: '{message}',
    description: 'Messages that wait for another try, or behind one that does.',
  },
  'chirograph.dead_letters': {
    unit: '{message}',
    description: 'Messages given up, which a person must look at.',
  },
  'chirograph.lease.held': {
    unit: '1',
    description: '1 for each lease that somebody holds, such as the relay’s.',
  },
  'chirograph.consumer.lag': {
    unit: '{message}',
    description: 'Messages at the broker that the consumer has not settled.',
  },
  'chirograph.projection.lag': {
    unit: 's',
    description: 'Age of the oldest stored event that is not in the projection.',
  },
} as const;

export interface MeasuredParts {
  /** Names of consumers: they have a number also when it is 0, so that its absence can alarm. */
  readonly consumers?: readonly string[] | undefined;
  /** How many messages a group has not settled; `undefined` where the broker cannot say. */
  readonly lagOf?: ((group: string) => Promise<number | undefined>) | undefined;
  readonly projections?: readonly { readonly name: string; lag(): Promise<number | undefined> }[] | undefined;
}

/** What operators page on, read from the store (and the broker) just now. */
export async function measure(store: Store, parts: MeasuredParts = {}): Promise<readonly Measurement[]> {
  const { consumers = [], lagOf, projections = [] } = parts;
  const found: Measurement[] = [];
  const add = (name: GaugeName, value: number, labels: Measurement['labels'] = {}): void =>
    void found.push({ name, value, labels });

  const { depth, counts, leases } = await store.read(async (tx) => ({
    depth: await tx.outbox.depth(),
    counts: await tx.parked.counts(),
    leases: await tx.leases.held(''),
  }));
  add('chirograph.outbox.depth', depth.count);
  add('chirograph.outbox.age', (depth.oldestAge ?? 0) / 1_000);
  for (const consumer of new Set([...consumers, ...counts.map((it) => it.consumer)])) {
    const own = counts.filter((it) => it.consumer === consumer);
    const sum = (isDead: boolean): number =>
      own.reduce((total, { state, count }) => total + ((state === 'dead') === isDead ? count : 0), 0);
    add('chirograph.parked', sum(false), { consumer });
    add('chirograph.dead_letters', sum(true), { consumer });
  }
  for (const { name: lease, holder } of leases) add('chirograph.lease.held', 1, { lease, holder });
  for (const consumer of consumers) {
    const lag = await lagOf?.(consumer);
    if (lag !== undefined) add('chirograph.consumer.lag', lag, { consumer });
  }
  for (const projection of projections) {
    const lag = await projection.lag();
    if (lag !== undefined) add('chirograph.projection.lag', lag / 1_000, { projection: projection.name });
  }
  return found;
}

/** The measurements in the text format that Prometheus reads (version 0.0.4). */
export function prometheusText(measurements: readonly Measurement[]): string {
  const lines: string[] = [];
  for (const [name, { description, unit }] of Object.entries(GAUGES)) {
    const own = measurements.filter((it) => it.name === name);
    if (own.length === 0) continue;
    const title = `${name.replaceAll('.', '_')}${unit === 's' ? '_seconds' : ''}`;
    lines.push(`# HELP ${title} ${description}`, `# TYPE ${title} gauge`);
    for (const { labels, value } of own) lines.push(`${title}${labelText(labels)} ${value}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function labelText(labels: Measurement['labels']): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
