/**
 * Whether a URL may be fetched.
 * @param prefixes what the config allows: `https://schemas.example.com/events/`; undefined allows everything
 */
export function allowing(prefixes: readonly string[] | undefined): (url: string) => boolean {
  if (prefixes === undefined) return () => true;
  const allowed = prefixes.flatMap((it) => URL.parse(it) ?? []);
  return (url) => {
    const asked = URL.parse(url);
    // Compared in parts: `https://example.com.evil.test` begins with `https://example.com`.
    return allowed.some((it) => asked?.origin === it.origin && asked.pathname.startsWith(it.pathname));
  };
}
