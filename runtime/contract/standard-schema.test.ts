import { expect, it } from 'vitest';
import { pointsEarned } from '../fixtures/points-earned.ts';
import { type StandardSchemaV1, standardSchema, type Validator } from '../index.ts';
import { standardValidator } from './index.ts';

const message = {
  eventId: '6b0d549b-6f03-475a-9600-a35a099950d8',
  eventType: 'loyalty.points.earned',
  version: '2.0',
  timestamp: '2026-01-05T09:00:00Z',
  aggregateId: 'e-1',
  data: { pointsEarned: 5, expiresAt: null },
};

it('a contract is a Standard Schema: the value, or issues with their paths', () => {
  const { version, vendor, validate } = standardSchema(pointsEarned)['~standard'];
  expect({ version, vendor }).toEqual({ version: 1, vendor: 'chirograph' });
  expect(validate(message)).toEqual({ value: message });
  expect(validate({ ...message, data: { pointsEarned: 0, expiresAt: null } })).toEqual({
    issues: [{ path: ['data', 'pointsEarned'], message: 'should be 1 or more, found 0' }],
  });
  expect(validate(7)).toMatchObject({ issues: [{ path: [] }] });
});

it('its value is the message in code, and a validator is one too', () => {
  const isDated = ((value: unknown) => typeof value === 'object' && value !== null) as Validator<{
    'a/b': Date;
  }>;
  const dated = standardSchema<{ 'a/b': Date }>({ validate: isDated, dates: ['/a~1b'] });
  expect(dated['~standard'].validate({ 'a/b': '2026-01-05T09:00:00Z' })).toEqual({
    value: { 'a/b': new Date('2026-01-05T09:00:00Z') },
  });
  expect(standardSchema(isDated)['~standard'].validate(null)).toHaveProperty('issues');
});

it('a generated validator is one as it stands, and still a validator', () => {
  const isText = standardValidator(((value: unknown) => typeof value === 'string') as Validator<string>);
  isText satisfies StandardSchemaV1<unknown, string>;
  expect(isText('a')).toBe(true);
  expect(isText['~standard'].validate('a')).toEqual({ value: 'a' });
  expect(isText['~standard'].validate(1)).toHaveProperty('issues');
});
