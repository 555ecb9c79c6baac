/** The NATS subject for a channel: addresses may use slashes, subjects use dots; what subjects can not hold is escaped. */
export function subjectOf(channel: string, prefix: string | undefined): string {
  const tokens = channel.split(/[./]/).filter((token) => token !== '');
  return [...(prefix === undefined ? [] : [prefix]), ...tokens.map(escapeToken)].join('.');
}

/** A name that JetStream accepts for a consumer or stream; different names stay different. */
export function jetStreamName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, escapeCharacter);
}

/** Whether a subject falls under a pattern with `*` (one token) and `>` (one or more, at the end). */
export function matches(pattern: string, subject: string): boolean {
  const wanted = pattern.split('.');
  const given = subject.split('.');
  for (const [index, token] of wanted.entries()) {
    if (token === '>') return given.length > index;
    if (given[index] === undefined || (token !== '*' && token !== given[index])) return false;
  }
  return given.length === wanted.length;
}

function escapeToken(token: string): string {
  return token.replace(/[\s*>=\p{Cc}]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `=${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
}
