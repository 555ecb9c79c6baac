import { specification } from '@chirograph/runtime/testing';
import { describe, it } from 'vitest';
import {
  type AddShippingAddress,
  type CustomerEvent,
  customer,
  LINK_LIFETIME,
  type RegisterCustomer,
} from './customer.ts';

const given = specification(customer);

const NOW = Date.UTC(2026, 1, 2);
const time = new Date(NOW).toISOString();

const register: RegisterCustomer = {
  type: 'RegisterCustomer',
  customerId: 'c-1',
  email: 'grace@example.org',
  password: 'correct horse',
  firstName: 'Grace',
  lastName: 'Hopper',
  passwordHash: 'hash',
  emailTaken: false,
  at: NOW,
};
const registered: CustomerEvent = {
  type: 'CustomerRegistered',
  data: {
    customerId: 'c-1',
    email: 'grace@example.org',
    firstName: 'Grace',
    lastName: 'Hopper',
    createdAt: time,
  },
  passwordHash: 'hash',
};
const issued: CustomerEvent = {
  type: 'VerificationIssued',
  tokenHash: 't-1',
  expiresAt: NOW + LINK_LIFETIME,
};
const verified: CustomerEvent = {
  type: 'CustomerEmailVerified',
  data: { customerId: 'c-1', email: 'grace@example.org', verifiedAt: time },
};
const erased: CustomerEvent = { type: 'CustomerDataErased', data: { anonymizedId: 'a-1', erasedAt: time } };

describe('registering', () => {
  it('opens an account', () => given().when(register).then(registered));
  it('needs an address that nobody has', () =>
    given()
      .when({ ...register, emailTaken: true })
      .refuses('EMAIL_ALREADY_REGISTERED'));
  it.each(['grace', 'grace@', '@example.org', 'a b@example.org', 'grace@example', ''])(
    'needs an e-mail address, not %j',
    (email) =>
      given()
        .when({ ...register, email })
        .refuses('INVALID_EMAIL'),
  );
  it('needs a password of 8 to 128 characters', () => {
    for (const password of ['1234567', 'x'.repeat(129)]) {
      given()
        .when({ ...register, password })
        .refuses('INVALID_PASSWORD_FORMAT');
    }
    given()
      .when({ ...register, password: '12345678' })
      .then(registered);
  });
});

describe('verifying', () => {
  const verify = { type: 'VerifyCustomerEmail', tokenHash: 't-1', at: NOW } as const;
  it('takes the token that was issued', () => given(registered, issued).when(verify).then(verified));
  it('takes no other, and none of a customer who is unknown', () => {
    given(registered, issued)
      .when({ ...verify, tokenHash: 't-2' })
      .refuses('INVALID_TOKEN');
    given().when(verify).refuses('INVALID_TOKEN');
  });
  it('takes it once', () => given(registered, issued, verified).when(verify).refuses('INVALID_TOKEN'));
  it('takes it for a day', () =>
    given(registered, issued)
      .when({ ...verify, at: NOW + LINK_LIFETIME })
      .refuses('TOKEN_EXPIRED'));
  it('issues none to those who are verified', () =>
    given(registered, verified).when({ type: 'IssueVerification', tokenHash: 't-2', at: NOW }).then());
});

describe('an address', () => {
  const add: AddShippingAddress = {
    type: 'AddShippingAddress',
    addressId: 'a-1',
    street: 'Hafenstraße 12',
    city: 'Hamburg',
    state: 'Hamburg',
    postalCode: '20457',
    country: 'DE',
    recipientName: 'Grace Hopper',
  };
  const { type: _, recipientName, ...address } = add;
  it('is added', () =>
    given(registered)
      .when(add)
      .then({ type: 'ShippingAddressAdded', data: { customerId: 'c-1', ...address }, recipientName }));
  it('is complete', () => {
    for (const field of ['street', 'city', 'state', 'postalCode', 'country', 'recipientName'] as const) {
      given(registered)
        .when({ ...add, [field]: ' ' })
        .refuses('MISSING_FIELD');
    }
  });
  it('is in a country that we ship to', () =>
    given(registered)
      .when({ ...add, country: 'FR' })
      .refuses('COUNTRY_NOT_SUPPORTED'));
  it('has a postal code of that country', () =>
    given(registered)
      .when({ ...add, postalCode: '2045' })
      .refuses('INVALID_POSTAL_CODE'));
  it("is a known customer's", () => given().when(add).refuses('CUSTOMER_NOT_FOUND'));
});

describe('erasure', () => {
  const erase = {
    type: 'RequestGDPRErasure',
    hasPendingOrders: false,
    anonymizedId: 'a-1',
    at: NOW,
  } as const;
  it('names nobody', () => given(registered, verified).when(erase).then(erased));
  it('waits for orders that are on their way', () =>
    given(registered)
      .when({ ...erase, hasPendingOrders: true })
      .refuses('PENDING_ORDERS_EXIST'));
  it('happens once, and to those who are known', () => {
    given(registered, erased).when(erase).refuses('CUSTOMER_NOT_FOUND');
    given().when(erase).refuses('CUSTOMER_NOT_FOUND');
  });
});
