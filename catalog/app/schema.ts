/// <reference lib="dom" />
import { addCopyButton } from './copy.ts';

/** Shows the JSON Schema that a link leads to below it, or hides it again. */
export async function toggleSchema(link: HTMLAnchorElement): Promise<void> {
  const place = link.closest('p');
  const shown = place?.nextElementSibling;
  if (shown?.classList.contains('copyable')) {
    shown.toggleAttribute('hidden');
    link.setAttribute('aria-expanded', String(!shown.hasAttribute('hidden')));
    return;
  }
  const schema = await fetched(link.href, link.dataset.schema ?? '');
  if (schema === undefined || !place) {
    location.href = link.href;
    return;
  }
  const pre = document.createElement('pre');
  pre.className = 'code';
  pre.tabIndex = 0;
  pre.setAttribute('aria-label', 'JSON Schema');
  const code = document.createElement('code');
  code.textContent = JSON.stringify(schema, null, 2);
  pre.append(code);
  place.after(pre);
  addCopyButton(pre);
  link.setAttribute('aria-expanded', 'true');
}

/** Undefined where it cannot be had: on `file:`, or without a connection. */
async function fetched(address: string, part: string): Promise<unknown> {
  try {
    const record = await (await fetch(address)).json();
    return record[part]?.schema;
  } catch {
    return undefined;
  }
}
