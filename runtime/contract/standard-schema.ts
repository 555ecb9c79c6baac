import type { Texts } from '../ports/message.ts';
import { withDates } from './dates.ts';
import type { MessageContract } from './message-contract.ts';
import type { Validator } from './validator.ts';
import { violationsOf } from './violations-of.ts';

/**
 * Standard Schema 1.1 (standardschema.dev), as its authors ask to have it copied: the one interface that validators of all makes (Zod,
 * Valibot, ArkType, those generated here) can be called by.
 */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': StandardSchemaProps<Input, Output>;
}

export interface StandardSchemaProps<Input = unknown, Output = Input> {
  readonly version: 1;
  readonly vendor: string;
  readonly validate: (value: unknown) => StandardSchemaResult<Output> | Promise<StandardSchemaResult<Output>>;
  readonly types?: { readonly input: Input; readonly output: Output } | undefined;
}

export type StandardSchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardSchemaIssue[] };

export interface StandardSchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A validator that is a Standard Schema as well, as generated ones are: what it accepts, it answers unchanged. */
export interface StandardValidator<T> extends Validator<T>, StandardSchemaV1<unknown, T> {}

/** Makes a validator a Standard Schema too. Generated validators are wrapped so where they are exported. */
export function standardValidator<T>(validate: Validator<T>): StandardValidator<T> {
  return Object.assign(validate, { '~standard': propsOf<T>(validate, (value) => value as T) });
}

/**
 * A generated contract as a Standard Schema: for forms, routers and all that take one. What it answers with is the message in code: text on the wire is
 * a `Date` where the contract says so. A generated validator is a Standard Schema of its own, which leaves text as it is.
 */
export function standardSchema<T>(
  checked: Validator<T> | Pick<MessageContract<T, unknown, Texts, unknown>, 'validate' | 'dates'>,
): StandardSchemaV1<unknown, T> {
  const { validate, dates } =
    typeof checked === 'function' ? { validate: checked, dates: undefined } : checked;
  return { '~standard': propsOf(validate, (value) => withDates(dates, value) as T) };
}

function propsOf<T>(
  validate: Validator<unknown>,
  decode: (value: unknown) => T,
): StandardSchemaProps<unknown, T> {
  return {
    version: 1,
    vendor: 'chirograph',
    validate(value) {
      if (validate(value)) return { value: decode(value) };
      const issues = violationsOf(validate.errors ?? [], value).map(({ pointer, expected, found }) => ({
        message: `should be ${expected}, found ${found}`,
        path: pointer
          .split('/')
          .slice(1)
          .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
      }));
      return { issues };
    },
  };
}
