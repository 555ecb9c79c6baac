/** Who asks over HTTP, as the commands of the platform say it; what they may is for the decisions. */
import type { HttpApiOptions } from '@chirograph/runtime/http';
import type { Authenticate } from '../shared/http/caller.ts';

export function learningCallers(authenticate: Authenticate): Pick<HttpApiOptions, 'caller'> {
  return {
    async caller(request) {
      const caller = await authenticate(request);
      return { requested_by: caller ? { role: caller.kind, user_id: caller.id } : { role: 'visitor' } };
    },
  };
}
