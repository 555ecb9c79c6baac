/** The server is there, and is not as it has to be: trying again alone helps nothing. */
export class BrokerSettingsError extends Error {
  override readonly name = 'BrokerSettingsError';
  readonly code = 'unsafe-broker-settings';
}
