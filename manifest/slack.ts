import type { Command } from '../src/command.ts';
import { identity } from './identity.ts';

/** Where Slack calls the bot over HTTP; whoever installs it puts their own host here. */
const REQUEST_URL = 'https://clusterwise.example.com/slack/events';

/** Commands that are Slack’s own, or may be. */
const OWN = new Set(['feedback', 'help']);

export type Transport = 'http' | 'socket';

type SlashCommand = { command: string; description: string; usage_hint: string; should_escape: true; url?: string };

/** The Slack app manifest for these commands. Over Socket Mode, Slack needs no address. */
export function slackManifest(commands: readonly Command[], transport: Transport) {
  const overHttp = transport === 'http';
  const slash = (name: string, description: string, hint: string): SlashCommand => ({
    command: `/${name}`,
    ...(overHttp ? { url: REQUEST_URL } : {}),
    description: description.slice(0, 2000),
    usage_hint: hint.slice(0, 1000),
    // A typed @name comes with the id of the person, who can be called by it later.
    should_escape: true,
  });
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: identity.name,
      description: identity.description,
      background_color: identity.colour,
    },
    features: {
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: identity.name, always_online: true },
      slash_commands: [
        slash('clusterwise', 'Any of the commands, or help', 'help'),
        // “/clusterwise help” and a mention do the same everywhere.
        ...commands
          .filter(({ name }) => !OWN.has(name))
          .map(({ name, summary, examples: [example] }) => {
            return slash(name, summary, example.ask.replace(/^\/\S+\s*/, ''));
          }),
      ],
    },
    oauth_config: {
      scopes: {
        bot: [
          ...['app_mentions:read', 'chat:write', 'commands', 'files:write', 'im:history', 'im:write'],
          // Whether a reminder can be posted where it is added, and the names of its people; no message is read by these.
          ...['channels:read', 'groups:read', 'im:read', 'mpim:read', 'users:read'],
        ],
      },
    },
    settings: {
      event_subscriptions: {
        ...(overHttp ? { request_url: REQUEST_URL } : {}),
        bot_events: ['app_mention', 'message.im'],
      },
      interactivity: { is_enabled: true, ...(overHttp ? { request_url: REQUEST_URL } : {}) },
      org_deploy_enabled: false,
      socket_mode_enabled: !overHttp,
      token_rotation_enabled: false,
    },
  };
}

/** A manifest as it is committed. */
export function manifestText(commands: readonly Command[], transport: Transport): string {
  return `${JSON.stringify(slackManifest(commands, transport), null, 2)}\n`;
}
