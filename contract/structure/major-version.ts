/** The major versions of AsyncAPI. */
export type Major = 2 | 3;

/**
 * What the major versions of AsyncAPI say differently. Code that reads documents asks this record; it never compares
 * versions itself. How channels and operations are loaded is a row of `LOADERS` in contract/load/services.ts.
 */
export interface MajorVersion {
  readonly major: Major;
  /** Where the tags of a document are ("AsyncAPI Object"; AsyncAPI 3, "Info Object"). */
  readonly tagsIn: 'root' | 'info';
  /** Whether the key of a channel is its address, or the channel says it ("Channels Object"). */
  readonly channelAddress: 'key' | 'address';
  /** Whether every message has a key, or only those under `components`. */
  readonly messageKeys: 'everywhere' | 'components';
  /** What a message and its traits say both is as which of them says it ("Traits Merge Mechanism"). */
  readonly traitPrecedence: 'message' | 'traits';
  /** Where the format of a payload is written: beside it, or around the schema ("Multi Format Schema Object"). */
  readonly schemaFormatIn: 'message' | 'schema';
  /** Whether parameters have a schema each ("Parameter Object"). */
  readonly hasParameterSchemas: boolean;
  /** Whether security requirements name schemes by key, or refer to them ("Security Requirement Object"). */
  readonly securitySchemesBy: 'key' | 'reference';
}

const MAJOR_VERSIONS: Readonly<Record<Major, MajorVersion>> = {
  2: {
    major: 2,
    tagsIn: 'root',
    channelAddress: 'key',
    messageKeys: 'components',
    traitPrecedence: 'traits',
    schemaFormatIn: 'message',
    hasParameterSchemas: true,
    securitySchemesBy: 'key',
  },
  3: {
    major: 3,
    tagsIn: 'info',
    channelAddress: 'address',
    messageKeys: 'everywhere',
    traitPrecedence: 'message',
    schemaFormatIn: 'schema',
    hasParameterSchemas: false,
    securitySchemesBy: 'reference',
  },
};

/**
 * What holds for a version of AsyncAPI.
 * @param version as a document writes it; files that are no documents of their own are read as the newest
 */
export function majorVersionOf(version: unknown): MajorVersion {
  return MAJOR_VERSIONS[String(version).startsWith('2.') ? 2 : 3];
}
