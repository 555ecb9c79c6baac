/** The customer service: accounts, their verification, their addresses, and their end. */
import { createHash, randomBytes, randomUUID, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { CustomerProducer } from '@chirograph/generated/shop/producers/customer';
import type { Address } from '@chirograph/generated/shop/types';
import {
  type Clock,
  type CommandContext,
  claims,
  erasePersonalData,
  type Outcome,
  outcomeOf,
  personalData,
  type Repository,
  repository,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { emailKey } from '../../shared/email-key.ts';
import {
  type AddShippingAddress,
  type Customer,
  type CustomerCommand,
  type CustomerEvent,
  type CustomerFailure,
  customer,
  type RegisterCustomer,
} from './customer.ts';
import { personalPlacesOf } from './personal-places.ts';
import { publishCustomer } from './publish-customer.ts';
import { customerEvents } from './stored-events.ts';

export type CustomerOutcome = Outcome<CustomerEvent, CustomerFailure>;

export interface CustomerService {
  registerCustomer(
    request: Pick<RegisterCustomer, 'email' | 'password' | 'firstName' | 'lastName'>,
    context?: CommandContext,
  ): Promise<CustomerOutcome>;
  /** A new token for the verification link; undefined for a customer who needs none. */
  issueVerification(customerId: string, context?: CommandContext): Promise<string | undefined>;
  verifyCustomerEmail(verificationToken: string, context?: CommandContext): Promise<CustomerOutcome>;
  addShippingAddress(
    request: Omit<AddShippingAddress, 'type' | 'addressId'> & { readonly customerId: string },
    context?: CommandContext,
  ): Promise<CustomerOutcome>;
  requestGDPRErasure(customerId: string, context?: CommandContext): Promise<CustomerOutcome>;
  /** What others may know of a customer; undefined when there is none. */
  find(
    tx: Transaction,
    customerId: string,
  ): Promise<{ readonly isVerified: boolean; readonly addresses: ReadonlyMap<string, Address> } | undefined>;
}

export interface CustomerServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: CustomerProducer;
  /** Whether an order of the customer is on its way. */
  hasPendingOrders(tx: Transaction, customerId: string): Promise<boolean>;
}

export function customerService(options: CustomerServiceOptions): CustomerService {
  const { store, clock, producer, hasPendingOrders } = options;
  /** Who has an address, by its hash: the address itself is personal data. */
  const emails = claims('customer/email', { clock });
  const customers: Repository<Customer, CustomerCommand, CustomerEvent, CustomerFailure> = repository({
    name: 'customer',
    decider: customer,
    events: customerEvents,
    publish: publishCustomer(producer),
    clock,
    stored: personalData({ subjectOf: (_, customerId) => customerId, places: personalPlacesOf }),
  });

  async function decide(
    tx: Transaction,
    customerId: string,
    command: CustomerCommand,
    context: CommandContext,
  ): Promise<CustomerOutcome> {
    return outcomeOf(customerId, await customers.decide(tx, customerId, command, context));
  }

  return {
    async registerCustomer(request, context = {}) {
      const customerId = randomUUID();
      const passwordHash = await hashOfPassword(request.password);
      return within(store, context, async (tx) => {
        const key = emailKey(request.email);
        const emailTaken = (await emails.ownerOf(tx, key)) !== undefined;
        const at = clock.now();
        const outcome = await decide(
          tx,
          customerId,
          { type: 'RegisterCustomer', customerId, passwordHash, emailTaken, at, ...request },
          context,
        );
        if (outcome.kind === 'accepted' && (await emails.claim(tx, key, customerId)) !== customerId) {
          // Somebody took it between the look and here; the next try will see it.
          throw new Error('the address was registered by someone else meanwhile');
        }
        return outcome;
      });
    },
    issueVerification: (customerId, context = {}) =>
      within(store, context, async (tx) => {
        const token = `${customerId}.${randomBytes(24).toString('base64url')}`;
        const outcome = await decide(
          tx,
          customerId,
          { type: 'IssueVerification', tokenHash: sha256(token), at: clock.now() },
          context,
        );
        return outcome.kind === 'accepted' && outcome.events.length > 0 ? token : undefined;
      }),
    verifyCustomerEmail: (token, context = {}) =>
      within(store, context, async (tx) => {
        const [customerId = ''] = token.split('.');
        return decide(
          tx,
          customerId,
          { type: 'VerifyCustomerEmail', tokenHash: sha256(token), at: clock.now() },
          context,
        );
      }),
    addShippingAddress: ({ customerId, ...request }, context = {}) =>
      within(store, context, (tx) =>
        decide(tx, customerId, { type: 'AddShippingAddress', addressId: randomUUID(), ...request }, context),
      ),
    requestGDPRErasure: (customerId, context = {}) =>
      within(store, context, async (tx) => {
        const { state } = await customers.load(tx, customerId);
        const command: CustomerCommand = {
          type: 'RequestGDPRErasure',
          hasPendingOrders: await hasPendingOrders(tx, customerId),
          anonymizedId: randomUUID(),
          at: clock.now(),
        };
        const outcome = await decide(tx, customerId, command, context);
        if (outcome.kind === 'accepted' && state.kind === 'known') {
          await emails.release(tx, emailKey(state.email), customerId);
          await profiles(tx).delete(customerId);
          await erasePersonalData(tx, customerId);
        }
        return outcome;
      }),
    async find(tx, customerId) {
      const { state } = await customers.load(tx, customerId);
      return state.kind === 'known' ? state : undefined;
    },
  };
}

/** What a customer sees of their account, by customer: whether they can order, and the addresses on offer. */
export function profiles(tx: Transaction) {
  return tx.documents<{ readonly canOrder: boolean; readonly addressIds: readonly string[] }>(
    'customer/profiles',
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

async function hashOfPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await promisify<string, Buffer, number, Buffer>(scrypt)(password, salt, 32);
  return `${salt.toString('base64url')}.${hash.toString('base64url')}`;
}
