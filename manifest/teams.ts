import type { Command } from '../src/command.ts';
import { identity } from './identity.ts';

/** Who publishes the app: whoever installs it puts their own name, at most 32 characters, and addresses here. */
const publisher = {
  name: 'Example publisher',
  websiteUrl: 'https://clusterwise.example.com',
  privacyUrl: 'https://clusterwise.example.com/privacy',
  termsOfUseUrl: 'https://clusterwise.example.com/terms',
};

/** Stands for the id of the app where there is none yet. */
const NO_APP = '00000000-0000-0000-0000-000000000000';

/** `plain` is manifest 1.25, the floor; `slash` is 1.29, for the menu that “/” opens in channels and group chats, a preview. */
export type TeamsVariant = 'plain' | 'slash';

/** What a manifest is for: an app, and where the bot is reached. */
export type Installation = { version: string; appId?: string; publicUrl?: string };

/** The Teams app manifest for these commands. The app has the id of its bot, so there is one id to know. */
export function teamsManifest(commands: readonly Command[], variant: TeamsVariant, { version, ...app }: Installation) {
  const id = app.appId ?? NO_APP;
  const manifestVersion = variant === 'slash' ? '1.29' : '1.25';
  const listed = commands.map(({ name, summary, examples: [example] }) => {
    return { title: name, description: described(summary, example.ask) };
  });
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`,
    manifestVersion,
    version,
    id,
    developer: publisher,
    name: { short: identity.name, full: `${identity.name} for Hyper-V clusters` },
    description: {
      short: identity.description,
      full: [
        `${identity.description} Ask it in a chat, or mention it in a channel. It answers:`,
        ...commands.map(({ name, summary }) => `${name}: ${summary}.`),
      ].join('\n\n'),
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: identity.colour,
    bots: [
      {
        botId: id,
        scopes: ['personal', 'team', 'groupChat'],
        ...(variant === 'slash' && { supportsTargetedMessages: true }),
        commandLists:
          variant === 'slash'
            ? [
                { scopes: ['personal'], commands: listed },
                { scopes: ['team', 'groupChat'], triggers: ['mention', 'slash'], commands: listed },
              ]
            : [{ scopes: ['personal', 'team', 'groupChat'], commands: listed }],
      },
    ],
    validDomains: app.publicUrl ? [new URL(app.publicUrl).host] : [],
  };
}

/** A command in a menu: what it answers, and an example that says more than its name. */
function described(summary: string, ask: string): string {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  const typed = ask.replace(/^\//, '');
  return typed.includes(' ') ? `${sentence} Example: ${typed}` : sentence;
}

/** A manifest as it is committed and packed. */
export function teamsManifestText(commands: readonly Command[], variant: TeamsVariant, app: Installation): string {
  return `${JSON.stringify(teamsManifest(commands, variant, app), null, 2)}\n`;
}
