import type { CustomerEvent } from './customer.ts';

/**
 * Where the events of a customer hold personal data: the fields that the contracts mark as `x-personal-data`, and what
 * stands beside them that is as personal.
 */
export function personalPlacesOf({ type }: CustomerEvent): readonly (readonly string[])[] {
  switch (type) {
    case 'CustomerRegistered':
      return [['data', 'email'], ['data', 'firstName'], ['data', 'lastName'], ['passwordHash']];
    case 'CustomerEmailVerified':
      return [['data', 'email']];
    case 'ShippingAddressAdded':
      return [
        ['data', 'street'],
        ['data', 'city'],
        ['data', 'state'],
        ['data', 'postalCode'],
        ['data', 'country'],
        ['recipientName'],
      ];
    case 'VerificationIssued':
    case 'CustomerDataErased':
      return [];
  }
}
