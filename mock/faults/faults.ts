import { suggest } from '@chirograph/contract/diagnostics';
import { sampler } from '@chirograph/runtime/samples';
import type { Parsed } from '../parsed.ts';
import { seedFor } from '../seed.ts';

/**
 * Faults that a service may have on the way: what consumers must live with (duplicates, delays, another order, older
 * versions) and what they must refuse (invalid messages).
 */
export const FAULTS = ['duplicate', 'late', 'reorder', 'invalid', 'old'] as const;

export type Fault = (typeof FAULTS)[number];

/** How likely each fault is for a message, from 0 to 1. */
export type FaultRates = Readonly<Partial<Record<Fault, number>>>;

/** The faults of one message. They follow from the seed and the message's id alone. */
export function faultsFor(rates: FaultRates, seed: number, id: string): readonly Fault[] {
  return FAULTS.filter((fault) => sampler(seedFor(seed, fault, id)).number(0, 1, 1e-6) < (rates[fault] ?? 0));
}

/** Reads `duplicate=5%,late=0.02`. */
export function parseFaults(text: string): Parsed<FaultRates> {
  const rates: Partial<Record<Fault, number>> = {};
  for (const item of text.split(',').filter((it) => it.trim() !== '')) {
    const [, name = '', number, percent] = /^\s*([^=]+?)\s*=\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(item) ?? [];
    if (number === undefined) {
      const meant = FAULTS.find((it) => item.trim().startsWith(it)) ?? 'duplicate';
      return { problem: `\`${item.trim()}\` does not say how often: write \`${meant}=5%\`` };
    }
    const fault = FAULTS.find((it) => it === name);
    if (!fault) {
      const near = suggest(name, FAULTS);
      const known = near ? `did you mean \`${near}\`?` : `there are ${FAULTS.join(', ')}`;
      return { problem: `\`${name}\` is not a fault; ${known}` };
    }
    const rate = Number(number) / (percent ? 100 : 1);
    if (rate > 1) return { problem: `\`${item.trim()}\` is more than always: from 0% to 100%` };
    rates[fault] = rate;
  }
  return { value: rates };
}
