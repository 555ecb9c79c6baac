import type { Change } from './change.ts';

/** Whether a change says anything to a validator: words and defaults do not. */
export function matters({ code }: Change): boolean {
  return !/documentation-changed|default-changed|content-changed|deprecated/.test(code);
}
