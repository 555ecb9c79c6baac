import type { Service } from '@chirograph/runtime';
import type { WireOptions } from '../shared/wiring/wiring.ts';
import type { PaymentProvider } from './payments/payment-provider.ts';
import { wire } from './wire.ts';

/** A provider as those of test accounts: it collects whatever it is asked, and moves no money. */
const provider: PaymentProvider = {
  accept: async () => true,
  collect: async ({ paymentId }) => `ch_${paymentId}`,
  giveBack: async () => undefined,
};

/** The ticketing with what is outside of it played; tickets are noted as delivered. */
export function sandbox(options: WireOptions): Service {
  return wire({ ...options, provider });
}
