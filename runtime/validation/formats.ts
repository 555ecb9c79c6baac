import { fullFormats } from 'ajv-formats/dist/formats.js';

/** The moments that nearly all messages hold: in UTC, on a day that every month has, without a leap second. */
const PLAIN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/** As ajv-formats defines `date-time`: validated by a function. */
interface DateTime {
  readonly validate: (text: string) => boolean;
}

const full = fullFormats['date-time'] as unknown as DateTime;

/**
 * Formats by name, each a regular expression, a function, or an object with `validate`: those of ajv-formats, in full.
 * `date-time` (RFC 3339), which costs most of a message, has a shorter way for plain moments.
 */
export const formats: Readonly<Record<string, unknown>> = {
  ...fullFormats,
  'date-time': { ...full, validate: (text: string) => PLAIN.test(text) || full.validate(text) },
};
