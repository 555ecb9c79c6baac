/** A customer: who they are, whether their address is theirs, where orders can go. Pure. */
import type {
  CustomerCommandRefusedData,
  CustomerDataErasedData,
  CustomerEmailVerifiedData,
  CustomerRegisteredData,
  ShippingAddressAddedData,
} from '@chirograph/generated/shop/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';

export type CustomerCommand =
  | RegisterCustomer
  | IssueVerification
  | VerifyCustomerEmail
  | AddShippingAddress
  | RequestGDPRErasure;

/** `at`: milliseconds since 1970-01-01T00:00Z, in all commands. */
export interface RegisterCustomer {
  readonly type: 'RegisterCustomer';
  readonly customerId: string;
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  /** What is kept of the password. */
  readonly passwordHash: string;
  /** Whether another customer has the address. */
  readonly emailTaken: boolean;
  readonly at: number;
}

export interface IssueVerification {
  readonly type: 'IssueVerification';
  readonly tokenHash: string;
  readonly at: number;
}

export interface VerifyCustomerEmail {
  readonly type: 'VerifyCustomerEmail';
  readonly tokenHash: string;
  readonly at: number;
}

export interface AddShippingAddress {
  readonly type: 'AddShippingAddress';
  readonly addressId: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  readonly recipientName: string;
}

export interface RequestGDPRErasure {
  readonly type: 'RequestGDPRErasure';
  readonly hasPendingOrders: boolean;
  /** Stands for the customer in what is left. */
  readonly anonymizedId: string;
  readonly at: number;
}

/** What happens to a customer, as the stream keeps it: `data` is published, what stands beside it is not. */
export type CustomerEvent =
  | {
      readonly type: 'CustomerRegistered';
      readonly data: CustomerRegisteredData;
      readonly passwordHash: string;
    }
  | { readonly type: 'VerificationIssued'; readonly tokenHash: string; readonly expiresAt: number }
  | { readonly type: 'CustomerEmailVerified'; readonly data: CustomerEmailVerifiedData }
  | {
      readonly type: 'ShippingAddressAdded';
      readonly data: ShippingAddressAddedData;
      readonly recipientName: string;
    }
  | { readonly type: 'CustomerDataErased'; readonly data: CustomerDataErasedData };

export type CustomerFailure = CustomerCommandRefusedData['failure'];

export type Customer =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known';
      readonly customerId: string;
      readonly email: string;
      readonly isVerified: boolean;
      readonly verification?: { readonly tokenHash: string; readonly expiresAt: number } | undefined;
      readonly addresses: ReadonlyMap<string, ShippingAddress>;
    }
  | { readonly kind: 'erased' };

export interface ShippingAddress {
  readonly recipientName: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
}

/** How long a verification link is good for, in milliseconds. */
export const LINK_LIFETIME = 24 * 3_600_000;
/** The countries that the shop ships to. */
export const DOMESTIC: ReadonlySet<string> = new Set(['DE']);

export const customer: Decider<Customer, CustomerCommand, CustomerEvent, CustomerFailure> = {
  initialState: () => ({ kind: 'unknown' }),
  evolve(state, event) {
    if (event.type === 'CustomerRegistered') {
      const { customerId, email } = event.data;
      return { kind: 'known', customerId, email, isVerified: false, addresses: new Map() };
    }
    if (event.type === 'CustomerDataErased') return { kind: 'erased' };
    if (state.kind !== 'known') throw new Error(`${event.type} of a customer who is ${state.kind}`);
    switch (event.type) {
      case 'VerificationIssued':
        return { ...state, verification: { tokenHash: event.tokenHash, expiresAt: event.expiresAt } };
      case 'CustomerEmailVerified':
        return { ...state, isVerified: true, verification: undefined };
      case 'ShippingAddressAdded': {
        const { addressId, customerId: _, ...address } = event.data;
        const { recipientName } = event;
        return {
          ...state,
          addresses: new Map(state.addresses).set(addressId, { ...address, recipientName }),
        };
      }
    }
  },
  decide(command, state) {
    if (command.type === 'RegisterCustomer') return register(command);
    if (command.type === 'VerifyCustomerEmail') return verify(command, state);
    if (state.kind !== 'known') return refuse('CUSTOMER_NOT_FOUND', 'There is no such customer.');
    const { customerId } = state;
    switch (command.type) {
      case 'IssueVerification':
        return state.isVerified
          ? []
          : [
              {
                type: 'VerificationIssued',
                tokenHash: command.tokenHash,
                expiresAt: command.at + LINK_LIFETIME,
              },
            ];
      case 'AddShippingAddress':
        return addAddress(command, customerId);
      case 'RequestGDPRErasure': {
        const { hasPendingOrders, anonymizedId, at } = command;
        if (hasPendingOrders) {
          return refuse(
            'PENDING_ORDERS_EXIST',
            'An order is still on its way; ask again when it has arrived.',
          );
        }
        return [{ type: 'CustomerDataErased', data: { anonymizedId, erasedAt: iso(at) } }];
      }
    }
  },
};

type Decision = readonly CustomerEvent[] | Refusal<CustomerFailure>;

function register(command: RegisterCustomer): Decision {
  const { customerId, email, password, firstName, lastName, passwordHash, emailTaken, at } = command;
  if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email) || email.length > 254) {
    return refuse('INVALID_EMAIL', 'That is no e-mail address.');
  }
  if (password.length < 8 || password.length > 128) {
    return refuse('INVALID_PASSWORD_FORMAT', 'A password has 8 to 128 characters.');
  }
  if (emailTaken) return refuse('EMAIL_ALREADY_REGISTERED', 'There is an account for this address.');
  const data = { customerId, email, firstName, lastName, createdAt: iso(at) };
  return [{ type: 'CustomerRegistered', data, passwordHash }];
}

/** A token is good once: when the address is verified, no token is left to compare with. */
function verify({ tokenHash, at }: VerifyCustomerEmail, state: Customer): Decision {
  if (state.kind !== 'known' || state.verification?.tokenHash !== tokenHash) {
    return refuse('INVALID_TOKEN', 'The link is not valid.');
  }
  if (at >= state.verification.expiresAt) {
    return refuse('TOKEN_EXPIRED', 'The link has expired; have another one sent.');
  }
  const { customerId, email } = state;
  return [{ type: 'CustomerEmailVerified', data: { customerId, email, verifiedAt: iso(at) } }];
}

function addAddress(command: AddShippingAddress, customerId: string): Decision {
  const { type: _, addressId, recipientName, ...address } = command;
  const missing = Object.entries({ recipientName, ...address }).find(([, value]) => value.trim() === '');
  if (missing) return refuse('MISSING_FIELD', `${missing[0]} is missing.`);
  if (!DOMESTIC.has(address.country)) {
    return refuse('COUNTRY_NOT_SUPPORTED', `We do not ship to ${address.country}.`);
  }
  if (!/^\d{5}$/.test(address.postalCode)) {
    return refuse('INVALID_POSTAL_CODE', 'A postal code in Germany has five digits.');
  }
  return [{ type: 'ShippingAddressAdded', data: { customerId, addressId, ...address }, recipientName }];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
