/**
 * The circles in a graph, each once: that of its first node in order. Every node is gone through once, and one circle
 * through a node is enough: with it gone, the next one is found.
 * @param edges where each node leads
 */
export function circlesIn(edges: ReadonlyMap<string, Iterable<string>>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const reported = new Set<string>();
  for (const start of [...edges.keys()].sort()) {
    const way: { readonly id: string; readonly left: string[] }[] = [];
    const enter = (id: string) => way.push({ id, left: [...(edges.get(id) ?? [])].reverse() });
    if (!done.has(start)) enter(start);
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      const next = here.left.pop();
      if (next === undefined) {
        done.add(here.id);
        way.pop();
        continue;
      }
      const since = way.findIndex((it) => it.id === next);
      if (since < 0) {
        if (!done.has(next)) enter(next);
        continue;
      }
      const circle = way.slice(since).map((it) => it.id);
      if (circle.some((it) => reported.has(it))) continue;
      for (const it of circle) reported.add(it);
      circles.push(circle);
    }
  }
  return circles;
}
