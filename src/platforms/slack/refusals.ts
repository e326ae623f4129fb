import { webApi } from '@slack/bolt';
import { Refused } from '../../reminders/poster.ts';
import { faultOf } from '../fault.ts';

const invite = 'I am not in the channel: type /invite @Clusterwise there.';
const permission = 'Slack does not let me do that: ask an admin to install Clusterwise again from its manifest.';
const token = 'Slack no longer accepts my token: ask whoever runs me to set a new SLACK_BOT_TOKEN and start me again.';
const restricted = 'The rules of the channel keep me from posting: ask an admin of the workspace to allow it.';
const gone = 'The message can no longer be changed or replied to.';
const nobody = 'Slack does not let me write to that person directly.';
const malformed = 'Slack does not take the message: shorten it, or tell whoever runs me.';

/** What to say of each code of Slack’s that means “not until somebody changes something”. */
const sentences = new Map([
  ['channel_not_found', invite],
  ['not_in_channel', invite],
  ['is_archived', 'The channel is archived: unarchive it.'],
  ['cannot_reply_to_message', gone],
  ['message_not_found', gone],
  ['cant_update_message', gone],
  ['edit_window_closed', gone],
  ['no_permission', permission],
  ['missing_scope', permission],
  ['not_allowed_token_type', permission],
  ['account_inactive', token],
  ['invalid_auth', token],
  ['not_authed', token],
  ['token_expired', token],
  ['token_revoked', token],
  ['cannot_dm_bot', nobody],
  ['messages_tab_disabled', nobody],
  ['user_disabled', nobody],
  ['user_not_found', nobody],
  ['user_not_visible', nobody],
  ['users_not_found', nobody],
  ['invalid_blocks', malformed],
  ['msg_blocks_too_long', malformed],
  ['msg_too_long', malformed],
]);

/** Slack’s own code for what went wrong, such as `channel_not_found`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** The refusal in an error, in words for people; of what may go well another time, what may be logged. */
export function refusalOf(error: unknown): unknown {
  const code = codeOf(error) ?? '';
  const sentence = code.startsWith('restricted_action') ? restricted : sentences.get(code);
  // Slack’s answer, which an error may quote, quotes the message.
  return sentence === undefined ? new Error(faultOf(error)) : new Refused(sentence);
}
