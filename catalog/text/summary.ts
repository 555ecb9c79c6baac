/** A description as EventCatalog wants it: the first paragraph on one line under the title, the rest in the page. */
export function summaryOf(description: string | undefined): {
  readonly summary?: string;
  readonly rest: string;
} {
  const [first = '', ...rest] = (description ?? '').trim().split(/\n\s*\n/);
  const summary = first.replace(/\s+/g, ' ');
  return { ...(summary && { summary }), rest: rest.join('\n\n') };
}
