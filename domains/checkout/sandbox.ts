import type { Service } from '@chirograph/runtime';
import type { WireOptions } from '../shared/wiring/wiring.ts';
import { fakeBizone } from './fake-bizone.ts';
import { wire } from './wire.ts';

/** The checkout with what is outside of it played: BizOne takes every order, and messages go to nobody. */
export function sandbox(options: WireOptions): Service {
  const messenger = async () => ({ sms: 'sms_1', push: 'push_1', email: 'email_1' });
  return wire({ ...options, partner: fakeBizone(), messenger });
}
