import { z } from 'zod';

/**
 * Where a conversation of Teams is reached, as its last activity said: the address of the service is regional and may
 * change. Stored under the id of the conversation, without the message that a channel's threads add to it.
 */
export const conversation = z.object({
  serviceUrl: z.url(),
  tenantId: z.string().optional(),
  /** The bot, as this conversation knows it. */
  bot: z.object({ id: z.string(), name: z.string() }),
  kind: z.enum(['personal', 'groupChat', 'channel']),
  /** The team that a channel belongs to: an uninstall names the team alone. */
  team: z.string().optional(),
});
export type Conversation = z.infer<typeof conversation>;

/** The id of a conversation by itself. @example bareId('19:abc@thread.tacv2;messageid=17') // '19:abc@thread.tacv2' */
export const bareId = (id: string): string => id.split(';', 1)[0] ?? id;
