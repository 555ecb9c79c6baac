/** The codes by which we refuse, on purpose, what the official parser accepts. Their pages say so. */
export const STRICTER: ReadonlySet<string> = new Set([
  'message/example-invalid',
  // Errors only where an example is refused for them; the parser does not look into examples of AsyncAPI 3.
  'schema/required-unknown',
  'schema/unknown-keyword',
  'channel/parameter-unused',
  'document/key-invalid',
  'document/unknown-extension',
  'message/path-unknown',
  // What nothing can carry, or tell apart, is refused; the parser does not generate.
  'message/content-type-no-codec',
  'message/indistinguishable',
  'schema/alternatives-overlap',
  'schema/closed-branch',
  'schema/not-read',
  'security/unknown-scope',
  'operation/reply-addressed-twice',
  'channel/default-not-allowed',
  'server/default-not-allowed',
  'server/variable-undescribed',
  'server/variable-unused',
  'schema/pattern-invalid',
  'schema/unsatisfiable',
  'schema/default-invalid',
  'schema/example-invalid',
  'reference/circular',
  'reference/expected',
  'reference/not-text',
]);

/** What the parser accepts only because it does not look, or does not know: by name, why. */
export const UNSEEN: Readonly<Record<string, string>> = {
  'refer elsewhere info/tags/1/$ref': 'it leaves references to what they stand in alone',
  'sec oauth ref bad scope': 'it does not follow the reference to the security scheme',
  'ref wrong kind': 'a message has nothing that a schema may not have',
  'reply foreign': 'it does not look at the messages of a reply',
  'ref asyncapi': 'the version of a document is read before its references',
  'yaml merge scalar': 'only a mapping can be merged',
  'yaml merge null': 'only a mapping can be merged',
  'yaml complex key': 'a list is no key in JSON',
  'yaml map key': 'a mapping is no key in JSON',
  'yaml !!set': 'JSON has no sets',
  'yaml !!omap': 'JSON has no ordered mappings',
};

/** What we accept and the parser refuses: by name, why. */
export const WIDER: Readonly<Record<string, string>> = {
  'ref anchor': 'JSON Schema knows anchors',
  $anchor: 'JSON Schema knows anchors',
  'multipleOf .01': 'it divides binary fractions; 19.99 is 1999 hundredths',
  'multipleOf .1 x3': 'the same',
  'ex unknown fmt': 'it reads a language that it does not know as JSON Schema, for examples alone',
  'pb ex': 'the same; it fails of that',
  'pb oneOf': 'the same',
  'pb direct': 'the same',
  'raml ex': 'the same',
  'oai ex': 'the same',
  'two $id': 'it takes the headers for the payload where both have one `$id`',
  '$schema foo ex': 'it fails of the dialect where there is an example; we warn in any case',
  '$schema 7 https': 'it fails of the dialect where there is an example; we warn in any case',
  'yaml directive 1.1': 'its YAML parser knows only 1.2; nothing differs here',
  'yaml !!float': 'its YAML parser lacks tags of the core schema',
  'yaml !!null': 'its YAML parser lacks tags of the core schema',
  'yaml __proto__': 'it fails of the name',
  'yaml hasOwn': 'it fails of the name',
};
