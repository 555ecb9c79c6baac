import type { JsonObject } from '../source/source.ts';

/** What protocols ask for, by their names: `{ kafka: { topic: 'orders' } }`. */
export type Bindings = Readonly<Record<string, JsonObject>>;
