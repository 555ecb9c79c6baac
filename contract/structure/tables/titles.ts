/**
 * What people call the definitions of the meta-schemas, for messages such as "`topc` is not a key of a Kafka channel
 * binding".
 */
const TITLES: Readonly<Record<string, string>> = {
  APIKeyHTTPSecurityScheme: 'an HTTP API key security scheme',
  BearerHTTPSecurityScheme: 'an HTTP bearer security scheme',
  NonBearerHTTPSecurityScheme: 'an HTTP security scheme',
  SaslGssapiSecurityScheme: 'a SASL GSSAPI security scheme',
  SaslPlainSecurityScheme: 'a SASL plain security scheme',
  SaslScramSecurityScheme: 'a SASL SCRAM security scheme',
  SecurityRequirement: 'a security requirement',
  X509: 'an X509 security scheme',
  apiKey: 'an API key security scheme',
  asymmetricEncryption: 'an asymmetric encryption security scheme',
  avroSchema_v1: 'an Avro schema',
  bindingsObject: 'bindings',
  channel: 'a channel',
  channelBindingsObject: 'channel bindings',
  channelItem: 'a channel',
  channelMessages: 'the messages of a channel',
  channels: '`channels`',
  components: '`components`',
  contact: '`contact`',
  correlationId: 'a correlation id',
  externalDocs: '`externalDocs`',
  info: '`info`',
  license: '`license`',
  message: 'a message',
  messageBindingsObject: 'message bindings',
  messageExampleObject: 'a message example',
  messageObject: 'a message',
  messageTrait: 'a message trait',
  multiFormatSchema: 'a multi-format schema',
  oauth2Flow: 'an OAuth flow',
  oauth2Flows: 'an OAuth security scheme',
  openIdConnect: 'an OpenID Connect security scheme',
  openapiSchema_3_0: 'an OpenAPI schema',
  operation: 'an operation',
  operationBindingsObject: 'operation bindings',
  operationReply: 'a reply',
  operationReplyAddress: 'a reply address',
  operationTrait: 'an operation trait',
  operations: '`operations`',
  parameter: 'a parameter',
  parameters: '`parameters`',
  schema: 'a schema',
  server: 'a server',
  serverBindingsObject: 'server bindings',
  serverVariable: 'a server variable',
  serverVariables: 'server variables',
  servers: '`servers`',
  symmetricEncryption: 'a symmetric encryption security scheme',
  tag: 'a tag',
  'x-contract': '`x-contract`',
  'x-contract#duration': 'a duration of weeks, days, hours, minutes and seconds, such as `PT5S` or `P365D`',
  'x-contract#path':
    'a JSON Pointer into the payload, such as `/eventId`, or a runtime expression, such as `$message.header#/id`',
  'x-contract#pointer': 'a JSON Pointer, such as `/customer/id`',
  userPassword: 'a user and password security scheme',
};

const PROTOCOLS: Readonly<Record<string, string>> = {
  amqp: 'an AMQP',
  anypointmq: 'an Anypoint MQ',
  googlepubsub: 'a Google Pub/Sub',
  http: 'an HTTP',
  ibmmq: 'an IBM MQ',
  jms: 'a JMS',
  kafka: 'a Kafka',
  mqtt: 'an MQTT',
  nats: 'a NATS',
  pulsar: 'a Pulsar',
  ros2: 'a ROS 2',
  sns: 'an SNS',
  solace: 'a Solace',
  sqs: 'an SQS',
  websockets: 'a WebSockets',
};

/** The title of a definition, by its name in the table: `bindings/kafka/0.5.0/channel` is a Kafka channel binding. */
export function titleOf(name: string): string | undefined {
  const [, protocol, version, kind] = /^bindings\/([^/]+)\/([^/]+)\/(\w+)$/.exec(name) ?? [];
  if (protocol && kind) return `${PROTOCOLS[protocol] ?? protocol} ${kind} binding ${version}`;
  const [, asyncapi] = /^(\d\.\d)\.\d\/asyncapi$/.exec(name) ?? [];
  if (asyncapi) return `an AsyncAPI ${asyncapi} document`;
  return TITLES[name.split('/').at(-1) ?? name];
}
