import { type Activity, CardFactory } from 'botbuilder';
import { z } from 'zod';
import type { Place } from '../../request.ts';
import { bareId, type Conversation } from './conversations.ts';
import type { TeamsMessage } from './message.ts';

const id = z.string().min(1).max(400);
const account = z.looseObject({ id, name: z.string().max(1000).nullish(), role: z.string().nullish() });

/** What is read of an activity; the rest of it goes to botbuilder as Teams sent it. */
export const inbound = z.looseObject({
  type: z.string().min(1),
  id: id.nullish(),
  /** What an invoke is for. */
  name: z.string().nullish(),
  /** What an installation update is about. */
  action: z.string().nullish(),
  channelId: z.string(),
  // Without it botbuilder does not compare it with the token’s.
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: account.nullish(),
  recipient: account,
  conversation: z.looseObject({
    id,
    conversationType: z.string().nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: z.string().nullish(),
  }),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  /** The message that a pressed button stands on. */
  replyToId: id.nullish(),
  entities: z
    .array(
      z.looseObject({
        type: z.string(),
        text: z.string().nullish(),
        mentioned: account.partial({ id: true }).nullish(),
      }),
    )
    .nullish(),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
  channelData: z
    .looseObject({
      team: z.looseObject({ id }).nullish(),
      tenant: z.looseObject({ id }).nullish(),
    })
    .nullish(),
});
export type Inbound = z.infer<typeof inbound>;

function kindOf({ conversation: { conversationType, isGroup } }: Inbound): Conversation['kind'] {
  if (conversationType === 'channel' || conversationType === 'groupChat') return conversationType;
  return isGroup ? 'groupChat' : 'personal';
}

/** Where an activity comes from, as the bot is asked. */
export function placeOf(activity: Inbound): Place {
  const kind = kindOf(activity) === 'personal' ? 'direct' : 'channel';
  return { platform: 'teams', address: bareId(activity.conversation.id), kind };
}

/** The conversation of an activity, as it is stored. */
export function conversationOf(activity: Inbound): Conversation {
  const { serviceUrl, recipient, conversation, channelData } = activity;
  const tenantId = conversation.tenantId ?? channelData?.tenant?.id;
  const team = channelData?.team?.id;
  return {
    serviceUrl,
    ...(tenantId && { tenantId }),
    bot: { id: recipient.id, name: recipient.name ?? '' },
    kind: kindOf(activity),
    ...(team && { team }),
  };
}

/** A message as botbuilder sends it. */
export function activityOf({ summary, card }: TeamsMessage): Partial<Activity> {
  return { type: 'message', summary, attachments: [CardFactory.adaptiveCard(card)] };
}
