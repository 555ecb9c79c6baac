/** Who asks for something, as the command's auth context says (docs/decisions/specs-shop-admins.md). */
interface Asked {
  readonly authtype?: string | undefined;
  readonly authid?: string | undefined;
}

/** The admin who asks; undefined when it is none. */
export function adminOf({ authtype, authid }: Asked): string | undefined {
  return authtype === 'user' ? authid : undefined;
}

/** The admin or customer who asks; undefined when nobody vouches for them. */
export function callerOf(
  command: Asked,
): { readonly kind: 'admin' | 'customer'; readonly id: string } | undefined {
  const { authtype, authid } = command;
  if (authid === undefined) return undefined;
  if (authtype === 'user') return { kind: 'admin', id: authid };
  return authtype === 'app_user' ? { kind: 'customer', id: authid } : undefined;
}
