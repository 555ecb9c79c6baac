import type { ChangeCode } from '@chirograph/contract/diagnostics';

/** Why each change of a schema matters, and what to do instead: the heart of its page. */
export const PAYLOAD_REASONS: Readonly<Record<ChangeCode & `payload/${string}`, string>> = {
  'payload/added':
    'Until now the contract let anything through; what was sent under it need not fit the schema. Start with a schema that describes what is really sent, then tighten it in versions.',
  'payload/removed':
    'Consumers were promised a shape and are promised none: a producer may send anything from now on. Keep the schema, and open it where it is too narrow.',
  'payload/dialect-changed':
    'The same words mean something else in another edition of JSON Schema: `items` with a list, `$ref` with neighbours, `prefixItems`. The proof reads each side in its own edition.',
  'payload/changed':
    'Each change alone would be harmless, but a message slips through all of them at once. The report lists them; undoing any one of them may be enough.',
  'payload/undecided':
    'The engine found neither a proof nor a message that breaks within its bounds, and does not guess. Simplify the keyword that the report names, or approve the change with your own reason.',
  'payload/type-widened':
    'Code that reads the old contract parses, stores and calculates with the old type. It refuses the first message of the new one. Add a field beside the old one, or a new version of the message.',
  'payload/type-narrowed':
    'Messages that are under way or kept may still hold the types that are no longer allowed, and producers that run on send them. Bring in a new version with an upcaster that converts.',
  'payload/type-changed':
    'Neither side understands the other. Add a field of the new type beside the old one, fill both for a time, and retire the old one with a version.',
  'payload/null-allowed':
    'A consumer that was promised a value meets none. Leave the property out instead of sending null where it is optional, or bring in a new version.',
  'payload/null-refused':
    'Messages under way or kept may hold null. Consumers should go on taking it until the last of them is gone.',
  'payload/property-added':
    'Safe where consumers leave their objects open: they pass over what they do not know. A consumer whose schema is closed (`additionalProperties: false`) refuses it. Under the policy `literal` it is unsafe too, since old messages may have held anything under that name.',
  'payload/property-removed':
    'No schema breaks, for nobody was promised the property; but whoever read it finds nothing from now on. Deprecate it first and ask who reads it. Where the new schema is closed, old messages that have it are refused.',
  'payload/required-property-added':
    'Messages under way or kept do not have it, and producers that run on do not send it. Make it optional, and let consumers do without it.',
  'payload/required-property-removed':
    'Consumers were promised it and refuse messages without it. Go on sending it until the last consumer of this version is gone.',
  'payload/property-renamed':
    'To every program a renamed property is one that is gone and another that came. Even where both are optional, readers of the old name find nothing. Send both for a time.',
  'payload/property-made-required':
    'Messages without it are under way, kept, and still being sent. Leave it optional, and check for it where it is needed.',
  'payload/property-made-optional':
    'Consumers rely on it and refuse messages without it. Go on sending it always.',
  'payload/enum-value-added':
    'Consumers that know the old list refuse the new value; generated code has no branch for it. Let consumers learn the value before anybody sends it, or bring in a new version.',
  'payload/enum-value-removed':
    'Messages under way or kept may hold the value. Stop sending it, and keep it in the list until they are gone.',
  'payload/enum-added':
    'What was free text is a list now; what was sent as free text may not be in it. List what is really sent, or keep the text free and document the values.',
  'payload/enum-removed':
    'Consumers branch over the values that they know and refuse all others. Bring in a new version.',
  'payload/const-changed':
    'A fixed value tells consumers what they have before them; with another one they take it for something else. A new meaning is a new message or version.',
  'payload/minimum-raised':
    'Smaller numbers are under way, kept, and still being sent. Check the bound where the number comes about, and leave the contract.',
  'payload/minimum-lowered':
    'Consumers refuse numbers below the bound that they know, and may calculate with it. Let them accept the smaller numbers first, or bring in a new version.',
  'payload/maximum-lowered':
    'Greater numbers are under way, kept, and still being sent. Check the bound where the number comes about, and leave the contract.',
  'payload/maximum-raised':
    'Consumers refuse numbers above the bound that they know, and may have sized columns by it. Let them accept the greater numbers first, or bring in a new version.',
  'payload/multiple-tightened': 'Numbers between the new steps are under way, kept, and still being sent.',
  'payload/multiple-loosened': 'Consumers refuse numbers between the steps that they know.',
  'payload/multiple-changed': 'Each side refuses numbers that the other allows.',
  'payload/min-length-raised': 'Shorter texts are under way, kept, and still being sent.',
  'payload/min-length-lowered':
    'Consumers refuse texts shorter than the bound that they know; the empty text most of all.',
  'payload/max-length-lowered': 'Longer texts are under way, kept, and still being sent.',
  'payload/max-length-raised':
    'Consumers refuse texts longer than the bound that they know, and may have sized columns by it.',
  'payload/pattern-added': 'Texts that do not match are under way, kept, and still being sent.',
  'payload/pattern-removed':
    'Consumers refuse texts that do not match the pattern that they know, and may take them apart by it.',
  'payload/pattern-changed':
    'The engine compares the languages of both patterns: where the new one takes less, old messages break; where it takes more, consumers do. A pattern written otherwise that means the same is no break.',
  'payload/format-added': 'Texts without the format are under way, kept, and still being sent.',
  'payload/format-removed': 'Consumers parse the text by its format: a date that is none stops them.',
  'payload/format-changed':
    'Consumers parse the text by its format. Add a field in the new format beside the old one.',
  'payload/content-changed':
    'Validators do not look into encoded content, so nothing is proved; but consumers decode it as the contract says. Treat it as a change of type.',
  'payload/min-items-raised': 'Shorter lists are under way, kept, and still being sent.',
  'payload/min-items-lowered':
    'Consumers refuse shorter lists than they know; the empty list most of all, for code that takes the first item.',
  'payload/max-items-lowered': 'Longer lists are under way, kept, and still being sent.',
  'payload/max-items-raised': 'Consumers refuse longer lists than they know.',
  'payload/items-added':
    'The items of messages under way or kept need not fit the schema that they have now.',
  'payload/items-removed': 'Consumers were promised items of a shape and may be sent anything.',
  'payload/tuple-item-added':
    'At that place anything could stand; what was sent there need not fit. Positions are a poor contract: prefer an object with names.',
  'payload/tuple-item-removed': 'Consumers read the place by its schema and may now find anything there.',
  'payload/unique-items-added': 'Lists with an item twice are under way, kept, and still being sent.',
  'payload/unique-items-removed':
    'Consumers may build sets and maps of the list and refuse an item that is there twice.',
  'payload/contains-added': 'Lists without such an item are under way, kept, and still being sent.',
  'payload/contains-removed': 'Consumers look for the item and refuse a list without it.',
  'payload/contains-changed': 'Each side looks for an item that the other need not send.',
  'payload/closed':
    'Old messages with properties beside those named are refused from now on. A producer that writes only what the old contract named is not hit, so under `declared` this breaks only when a named property went with it; under `literal` it always does. Closed contracts cannot grow: leave them open.',
  'payload/opened':
    'Consumers that were closed refuse what may now come. Under `declared` nothing comes that the new contract does not name; under `literal` anything may.',
  'payload/map-values-added': 'Values of other shapes are under way, kept, and still being sent.',
  'payload/map-values-removed': 'Consumers were promised values of one shape and may be sent anything.',
  'payload/pattern-property-added':
    'Properties of such names need not have fitted the schema that they have now.',
  'payload/pattern-property-removed':
    'Consumers read properties of such names by a schema that is no longer kept.',
  'payload/property-names-added': 'Objects with other names are under way, kept, and still being sent.',
  'payload/property-names-removed': 'Consumers refuse names outside the rule that they know.',
  'payload/property-names-changed': 'Each side refuses names that the other allows.',
  'payload/min-properties-raised': 'Objects with fewer properties are under way, kept, and still being sent.',
  'payload/min-properties-lowered': 'Consumers refuse objects with fewer properties than they know.',
  'payload/max-properties-lowered': 'Objects with more properties are under way, kept, and still being sent.',
  'payload/max-properties-raised': 'Consumers refuse objects with more properties than they know.',
  'payload/dependency-added':
    'Messages with the one property and without the others are under way, kept, and still being sent.',
  'payload/dependency-removed': 'Consumers that find the one property count on the others.',
  'payload/dependency-changed': 'Each side counts on properties that the other need not send.',
  'payload/alternative-added':
    'Consumers know no such shape and refuse it; generated unions have no branch for it. Let them learn it before anybody sends it, or make it a message of its own.',
  'payload/alternative-removed': 'Messages of that shape are under way, kept, and still being sent.',
  'payload/alternatives-added': 'What was sent so far need not be of any of the shapes.',
  'payload/alternatives-removed': 'Consumers tell the shapes apart and refuse what is none of them.',
  'payload/condition-changed':
    'What holds under a condition is easily overlooked: the proof follows both branches on both sides.',
  'payload/exclusion-changed':
    'What must not be sent is part of the contract: what is newly excluded may be under way, what is newly allowed meets consumers that refuse it.',
  'payload/default-changed':
    'No validator minds, but a consumer that fills in the default acts otherwise on the very same message, and stored messages change their meaning. Send the value instead of leaving it out.',
  'payload/field-deprecated':
    'Readers are told that the field will go. Say in its description what takes its place, and keep it until nobody reads it.',
  'payload/field-undeprecated': 'The field stays after all.',
  'payload/documentation-changed':
    'Words only. Worth a second look when they change what a field means: then it is another field.',
};
