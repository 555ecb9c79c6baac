/**
 * The formats of RFC 3339, section 5.6, with the verdicts of ajv-formats in full, on their own: most messages hold a moment
 * and no other format that needs a function, and a bundle for a browser need not hold the others.
 */

/** As Ajv's standalone code asks for a format that is a function. */
interface Format {
  readonly validate: (text: string) => boolean;
}

/** `2026-01-31`, on a day that there was or will be. */
export const dateFormat: Format = { validate: isDate };

/** `10:30:00Z`, `10:30:00.5+02:00`, and a leap second where one can be. */
export const timeFormat: Format = { validate: isTime };

/** `2026-01-31T10:30:00Z`: a date and a time, with `T` or a blank between them. */
export const dateTimeFormat: Format = { validate: (text) => PLAIN.test(text) || isDateTime(text) };

/** The moments that nearly all messages hold: in UTC, on a day that every month has, without a leap second. */
const PLAIN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

const SEPARATOR = /t|\s/i;

function isDateTime(text: string): boolean {
  const [date, time, ...rest] = text.split(SEPARATOR);
  return rest.length === 0 && time !== undefined && isDate(date ?? '') && isTime(time);
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const TIME = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:z|([+-])(\d\d)(?::?(\d\d))?)$/i;

function isTime(text: string): boolean {
  const parts = TIME.exec(text);
  if (!parts) return false;
  const [hour = 0, minute = 0, second = 0] = parts.slice(1, 4).map(Number);
  const offset = { hours: Number(parts[5] ?? 0), minutes: Number(parts[6] ?? 0) };
  if (offset.hours > 23 || offset.minutes > 59) return false;
  if (hour <= 23 && minute <= 59 && second < 60) return true;
  return second < 61 && isLastMinute(hour, minute, parts[4] === '-' ? -1 : 1, offset);
}

/** Whether it is the last minute of a day in UTC: only that may have a sixty-first second. */
function isLastMinute(
  hour: number,
  minute: number,
  sign: number,
  offset: { readonly hours: number; readonly minutes: number },
): boolean {
  const utcMinute = minute - offset.minutes * sign;
  const utcHour = hour - offset.hours * sign - (utcMinute < 0 ? 1 : 0);
  return (utcHour === 23 || utcHour === -1) && (utcMinute === 59 || utcMinute === -1);
}
