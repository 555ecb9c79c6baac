import { cloudevents } from './cloudevents/cloudevents.ts';
import { consumers } from './consumers/consumers.ts';
import { http } from './http/http.ts';
import { messages } from './messages/messages.ts';
import { fakes } from './mocks/fakes.ts';
import { samples } from './mocks/samples.ts';
import { producers } from './producers/producers.ts';
import { requests } from './requests/requests.ts';
import { schemas } from './schemas/schemas.ts';
import type { Generator } from './source/generator.ts';
import { streams } from './streams/streams.ts';
import { types } from './types/types.ts';
import { upcasters } from './upcasters/upcasters.ts';
import { validators } from './validators/validators.ts';

/** What is generated unless a config says otherwise. None reads another's output; they agree in `source/modules.ts`. */
export const GENERATORS: readonly Generator[] = [
  types,
  validators,
  messages,
  upcasters,
  producers,
  consumers,
  requests,
  samples,
  fakes,
  streams,
];

/** Every generator of ours, by name. Those that are no TypeScript are made when a config asks for them. */
export const GENERATORS_BY_NAME = {
  types,
  validators,
  messages,
  upcasters,
  producers,
  consumers,
  requests,
  samples,
  fakes,
  streams,
  schemas,
  cloudevents,
  http,
} as const;

export type GeneratorName = keyof typeof GENERATORS_BY_NAME;
