/// <reference lib="dom" />

/** Gives code a button that copies it. */
export function addCopyButton(pre: HTMLElement): void {
  const button = document.createElement('button');
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(textOf(pre));
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  const box = document.createElement('div');
  box.className = 'copyable';
  pre.replaceWith(box);
  box.append(pre, button);
}

/** What is shown in part is copied whole: the first example with one value replaced. */
function textOf(pre: HTMLElement): string {
  const { copy } = pre.dataset;
  const shown = pre.querySelector('code')?.textContent ?? '';
  if (copy === undefined) return shown;
  const whole = document.querySelector('.aside pre[data-example] code')?.textContent;
  if (!whole) return shown;
  const { path, value } = JSON.parse(copy) as { path: string[]; value?: unknown };
  const example = JSON.parse(whole);
  const last = path.at(-1) ?? '';
  const holder = path
    .slice(0, -1)
    .reduce((it, step) => it[step], example.payload && example.headers ? example.payload : example);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return JSON.stringify(example, null, 2);
}
