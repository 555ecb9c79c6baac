import type { Service } from '@chirograph/runtime';
import type { WireOptions } from '../shared/wiring/wiring.ts';
import { wire } from './wire.ts';

/** The loyalty domain with what is outside of it played: mails are noted as sent, and go to nobody. */
export function sandbox(options: WireOptions): Service {
  return wire(options);
}
