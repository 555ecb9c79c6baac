import type { Message } from '@chirograph/contract/model';
import type { Parsed } from '../parsed.ts';

/** How often a service says what nobody asked it for: in all, or by message. */
export interface Rates {
  /** Milliseconds between two messages of one kind, for those that no name is given for. */
  readonly every?: number;
  readonly byName: Readonly<Record<string, number>>;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DAY = 86_400_000;

/** Reads `2/s` and `order.placed=30/m`; later words on the same win. */
export function parseRates(texts: readonly string[]): Parsed<Rates> {
  let every: number | undefined;
  const byName: Record<string, number> = {};
  for (const item of texts.flatMap((it) => it.split(','))) {
    const [, name, number, unit = ''] =
      /^\s*(?:([^=\s]+)\s*=\s*)?(\d+(?:\.\d+)?)\s*\/\s*([smhd])\s*$/.exec(item) ?? [];
    const milliseconds = UNITS[unit];
    if (number === undefined || milliseconds === undefined || Number(number) === 0) {
      return { problem: `\`${item.trim()}\` is not a rate: write \`2/s\`, \`30/m\` or \`order.placed=1/s\`` };
    }
    const interval = milliseconds / Number(number);
    if (name === undefined) every = interval;
    else byName[name] = interval;
  }
  return { value: { ...(every !== undefined && { every }), byName } };
}

/**
 * Milliseconds between two messages of this kind; undefined where it is not sent by itself.
 * @param opens whether it follows from nothing: only then the contract's volume and the rate for all count
 */
export function intervalOf(rates: Rates, message: Message, opens: boolean): number | undefined {
  const own = rates.byName[message.name];
  if (own !== undefined || !opens) return own;
  const { volume } = message.contract;
  return rates.every ?? (volume && volume.perDay > 0 ? DAY / volume.perDay : undefined);
}
