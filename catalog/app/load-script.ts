/// <reference lib="dom" />

/** Data of the site, loaded when it is first asked for; from a script, since pages on `file:` may not fetch. */
export async function loadScript<T>(root: string, file: string, name: string): Promise<T> {
  const holder = globalThis as unknown as Record<string, T | undefined>;
  if (holder[name] === undefined) {
    const script = document.createElement('script');
    script.src = `${root}assets/${file}`;
    await new Promise<void>((resolve, reject) => {
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`assets/${file} is missing`));
      document.head.append(script);
    });
  }
  return holder[name] as T;
}
