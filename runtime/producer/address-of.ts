/** A channel's address with its parameters filled in: `orders.{region}` is `orders.eu`. Throws when one is missing. */
export function addressOf(template: string, parameters: Readonly<Record<string, string>> = {}): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value === undefined || value === '')
      throw new Error(`the channel ${template} needs the parameter ${name}`);
    return value;
  });
}
