import { consumers } from './consumers/consumers.ts';
import { messages } from './messages/messages.ts';
import { fakes } from './mocks/fakes.ts';
import { samples } from './mocks/samples.ts';
import { producers } from './producers/producers.ts';
import type { Generator } from './source/generator.ts';
import { types } from './types/types.ts';
import { upcasters } from './upcasters/upcasters.ts';
import { validators } from './validators/validators.ts';

/** Every generator of ours. None reads another's output; what they share stands in `source/modules.ts`. */
export const GENERATORS: readonly Generator[] = [
  types,
  validators,
  messages,
  upcasters,
  producers,
  consumers,
  samples,
  fakes,
];
