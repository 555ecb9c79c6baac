import { isKnown } from './addressed.ts';
import type { Exchange } from './exchanges.ts';
import { mustSayHeaders } from './filled.ts';
import type { Scope } from './generator.ts';
import { newHeadersType, newParametersType, RUNTIME } from './modules.ts';
import { type Code, code, typeSymbol } from './source-file.ts';

/**
 * The parameter with which a caller says how a message is to be sent. Where headers, parameters or an address have to be said, it cannot be left out.
 * @param name of the parameter
 * @param type of the runtime: `SendOptions`, which has a sister `SendOptionsWith`
 */
export function optionsParameter(
  scope: Scope,
  { message, channel }: Pick<Exchange, 'message' | 'channel'>,
  { name, type }: { readonly name: string; readonly type: 'SendOptions' | 'AskOptions' },
): Code {
  const parameters = channel && newParametersType(scope, message, channel);
  const headers = message.headers === undefined ? undefined : newHeadersType(scope, message);
  const texts = typeSymbol('Texts', RUNTIME);
  const known: Code[] = parameters ? [headers ?? texts, ', ', parameters] : headers ? [headers] : [];
  const base: Code =
    known.length === 0 ? typeSymbol(type, RUNTIME) : code`${typeSymbol(`${type}With`, RUNTIME)}<${known}>`;
  const hasNoAddress = channel === undefined || channel.address === null;
  const whole = hasNoAddress ? code`${base} & { readonly channel: string }` : base;
  const mustSay =
    hasNoAddress ||
    mustSayHeaders(scope.workspace, message) ||
    channel.parameters.some((it) => !isKnown(scope.workspace, message, it));
  return code`${name}${mustSay ? '' : '?'}: ${whole}`;
}
