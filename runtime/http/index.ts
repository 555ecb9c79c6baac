/** Commands over HTTP, for whatever server speaks `Request` and `Response`; generated code is made of it. */
export { type HttpApi, type HttpApiOptions, httpApi } from './http-api.ts';
export {
  type HttpCommand,
  type HttpCommandFacts,
  type HttpParameter,
  type HttpSchema,
  httpCommand,
} from './http-command.ts';
export type { HttpApiInfo } from './open-api.ts';
export { type ApiProblem, HttpProblemError, type Problem, type ProblemError } from './problem.ts';
