import { randomUUID } from 'node:crypto';
import { derivedId, type Service } from '@chirograph/runtime';
import type { WireOptions } from '../shared/wiring/wiring.ts';
import type { PaymentGateway } from './payment/gateway.ts';
import { wire } from './wire.ts';

/** A gateway as those of test accounts: it approves whatever it is asked, and moves no money. */
const gateway: PaymentGateway = {
  authorize: async ({ orderId }) => ({
    kind: 'approved',
    authorizationId: derivedId('authorization', orderId),
    paymentMethod: 'CARD',
  }),
  refund: async ({ orderId }) => ({ kind: 'refunded', refundId: derivedId('refund', orderId) }),
  initiatePayPal: async ({ returnUrl }) => ({
    kind: 'initiated',
    paymentMethodId: randomUUID(),
    approvalUrl: returnUrl,
  }),
};

/** The shop with what is outside of it played; mails are noted as sent, and go to nobody. */
export function sandbox(options: WireOptions): Service {
  return wire({ ...options, gateway });
}
