/** The code of a failure that a contract names in words: of `Order not found` it is `ORDER_NOT_FOUND`. */
export function failureCode(failure: string): string {
  return failure.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}
