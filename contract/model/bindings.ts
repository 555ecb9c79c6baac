import type { JsonObject } from '@chirograph/schema';

/** What protocols ask for, by their names: `{ kafka: { topic: 'orders' } }`. */
export type Bindings = Readonly<Record<string, JsonObject>>;
