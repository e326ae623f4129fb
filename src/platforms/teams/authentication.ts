import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import type { Inbound } from './activity.ts';

/** How Teams knows the bot. */
export type Identity = {
  appId?: string;
  appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  tenantId?: string;
  password?: string;
};

/** @throws Error when what the type of the app needs is not there */
export function authenticationOf({ appId, appType, tenantId, password }: Identity) {
  // Without an id botbuilder takes every caller for Teams, and wants no other setting.
  if (!appId) return new ConfigurationBotFrameworkAuthentication({});
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppType: appType,
    ...(tenantId && { MicrosoftAppTenantId: tenantId }),
    ...(password && { MicrosoftAppPassword: password }),
  });
}

/** botbuilder’s adapter, in two steps: who is not let in is told so by us, and a turn may go on after its request. */
export class Entrance extends CloudAdapter {
  /**
   * Checks the token of an activity, and that it was made for the address of the service that the activity names.
   * @returns what takes the turn
   */
  async admit(authorization: string, activity: Inbound) {
    // With other keys than those of Teams botbuilder looks at less of a token.
    if (authorization !== '' && activity.channelId !== 'msteams') throw new Error('The activity is not one of Teams');
    // Teams sent it, and what is read of it has been checked.
    const whole = activity as unknown as Activity;
    const admitted = await this.botFrameworkAuthentication.authenticateRequest(whole, authorization);
    return async (turn: (context: TurnContext) => Promise<void>): Promise<void> => {
      await this.processActivity(admitted, whole, turn);
    };
  }
}

/** What to answer to a request that was not let in, and why: 503 where Teams’ keys could not be had, else 401. */
export function refusalOf(error: unknown): { status: 401 | 503; reason: string } {
  const { name, message } = error instanceof Error ? error : new Error('unknown');
  const unreachable = name === 'FetchError' || message.startsWith('Failed to load');
  // What follows a colon or stands in quotation marks may be of the token.
  return unreachable ? { status: 503, reason: message } : { status: 401, reason: message.replace(/[:"'].*$/s, '') };
}
