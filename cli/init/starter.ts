/** The contract that a domain begins with: one service, which sends one event. */
/** @param schema where the editor finds the JSON Schema of contracts, seen from the contract */
export function starterContract(domain: string, schema: string): string {
  const title = domain.charAt(0).toUpperCase() + domain.slice(1).replaceAll('-', ' ');
  return `# yaml-language-server: $schema=${schema}
asyncapi: 3.1.0
info:
  title: ${title}
  version: 1.0.0
  description: What this service is there for, in a sentence.
  contact: { name: Your team }
channels:
  exampleHappened:
    address: ${domain}.example.happened
    messages:
      ExampleHappened: { $ref: '#/components/messages/ExampleHappened' }
operations:
  sendExampleHappened:
    action: send
    channel: { $ref: '#/channels/exampleHappened' }
components:
  messages:
    # An event: what happened, in the past tense. Another service of the domain, in a file beside this one, receives it by
    # an operation with \`action: receive\` on the channel { $ref: './${domain}.asyncapi.yaml#/channels/exampleHappened' }.
    ExampleHappened:
      name: ${domain}.example.happened
      title: Example happened
      summary: Something happened to an example.
      x-contract:
        version: '1.0'
        aggregate: Example
        # Where the producer puts what it fills in by itself.
        envelope: { id: /id, type: /type, version: /version, time: /time }
        # What makes two deliveries the same event, and what must keep its order.
        identity: [/id]
        orderingKey: /exampleId
        retention: P7D
      payload:
        type: object
        required: [id, type, version, time, exampleId]
        properties:
          id: { type: string, format: uuid, description: Identifies this event. }
          type: { const: ${domain}.example.happened }
          version: { const: '1.0' }
          time: { type: string, format: date-time, description: When it happened. }
          exampleId: { type: string, format: uuid, description: The example that it happened to. }
          note: { type: string, maxLength: 200, description: 'A word about it, where there is one.' }
      examples:
        - payload:
            id: 0b0f3a52-5c1e-4d57-8f43-6d0c3f1a9e21
            type: ${domain}.example.happened
            version: '1.0'
            time: '2026-01-31T10:30:00Z'
            exampleId: 7c9d4c1e-2f7b-4b0a-9a55-1f3f0a6c8d10
            note: The first of many.
`;
}

/** The config that a workspace begins with. */
export function starterConfig(importExtension: '.ts' | '.js'): string {
  return `import { defineConfig } from 'chirograph';

export default defineConfig({
  specs: 'specs',
  output: 'generated',
  importExtension: '${importExtension}',
});
`;
}

/** Where the package keeps its JSON Schemas. */
export const SCHEMAS = 'node_modules/chirograph/lib/schemas';

/** Settings by which VS Code checks and completes contracts and configs in JSON. @param specs the folder of contracts */
export function editorSettings(specs: string): string {
  const settings = {
    'yaml.schemas': { [`./${SCHEMAS}/contract.schema.json`]: `${specs}/**/*.asyncapi.yaml` },
    'json.schemas': [
      { fileMatch: ['chirograph.config.json'], url: `./${SCHEMAS}/config.schema.json` },
      { fileMatch: [`${specs}/**/*.asyncapi.json`], url: `./${SCHEMAS}/contract.schema.json` },
    ],
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}
