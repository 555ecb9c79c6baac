/** Who may order over HTTP, and what an order is known by: its Idempotency-Key. */
import type { HttpApiOptions } from '@chirograph/runtime/http';
import { type Authenticate, mustBe, textIn } from '../shared/http/caller.ts';
import { idOf } from './ids.ts';

/** Callers are known by a UUID, and users of the checkout by `user_...`. */
export function userIdOf(caller: string): string {
  return `user_${caller.replaceAll('-', '_')}`;
}

export function checkoutCallers(
  authenticate: Authenticate,
): Pick<HttpApiOptions, 'caller' | 'about' | 'requireKey'> {
  return {
    requireKey: true,
    /** One who sends the same key again asks for the same order, and the contracts tell events apart by the request. */
    async about(body, _, request) {
      const caller = await authenticate(request);
      const user_id = textIn(body, 'user_id') ?? '';
      mustBe(caller && { ...caller, id: userIdOf(caller.id) }, user_id);
      const idempotency_key = idOf('idem', user_id, request.headers.get('idempotency-key') ?? '');
      return { metadata: { source: 'http', request_id: idOf('req', idempotency_key), idempotency_key } };
    },
  };
}
