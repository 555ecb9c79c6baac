/** `order.paid`, `order_paid`, `orderPaid` and `Order paid` as `OrderPaid`; `2fa` becomes `_2fa`. */
export function pascalCase(text: string): string {
  const joined = wordsOf(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return /^\p{ID_Start}/u.test(joined) ? joined : `_${joined}`;
}

export function camelCase(text: string): string {
  return lowerInitials(pascalCase(text));
}

/** `OrderPaid` as `orderPaid`, `UIClient` as `uiClient`. */
export function lowerInitials(pascal: string): string {
  const initials = /^\p{Lu}+(?=\p{Lu}\p{Ll})|^\p{Lu}+$|^\p{Lu}/u.exec(pascal)?.[0] ?? '';
  return initials.toLowerCase() + pascal.slice(initials.length);
}

/** For file names. */
export function kebabCase(text: string): string {
  return wordsOf(text)
    .map((word) => word.toLowerCase())
    .join('-');
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(/[^\p{ID_Continue}]+|_+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .filter(Boolean);
}
