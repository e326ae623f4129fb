import { createSign, generateKeyPairSync } from 'node:crypto';
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';

const made = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
/** The key that Teams would sign with, and one that nobody published. */
const [published, unknown] = [made(), made()];

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Makes tokens as the Bot Connector signs them. */
export function createKeys() {
  const jwk = { ...published.publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig' };
  return {
    published: [{ ...jwk, endorsements: ['msteams', 'webchat', 'directline', 'emulator'] }],
    /** `forged` is signed by another key under the name of the known one. */
    token(claims: object, { alg = 'RS256', kid = 'key-1', forged = false } = {}): string {
      const signed = `${encoded({ alg, kid, typ: 'JWT' })}.${encoded(claims)}`;
      if (alg === 'none') return `${signed}.`;
      const { privateKey } = forged ? unknown : published;
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`;
    },
  };
}

/** What the bot shows the connector: always the same token, and nobody is asked for it. */
export class FixedCredentials extends ConfigurationServiceClientCredentialFactory {
  private readonly app: string;

  constructor(app: string) {
    super({ MicrosoftAppId: app, MicrosoftAppPassword: 'a password' });
    this.app = app;
  }

  override isValidAppId = async (app: string) => app === this.app;
  override isAuthenticationDisabled = async () => false;

  override createCredentials: ConfigurationServiceClientCredentialFactory['createCredentials'] = async () => ({
    async signRequest(request) {
      request.headers.set('authorization', 'Bearer outbound');
      return request;
    },
  });
}
