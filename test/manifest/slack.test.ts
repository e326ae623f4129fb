import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { manifestText, slackManifest } from '../../manifest/slack.ts';
import { commands, projectPath } from '../ask.ts';

describe.each(['http', 'socket'] as const)('the Slack manifest for %s', (transport) => {
  const manifest = slackManifest(commands, transport);
  const slash = manifest.features.slash_commands;

  test('is committed as it is now: “npm run manifest” writes it', () => {
    expect(readFileSync(projectPath(`manifest/slack-${transport}.json`), 'utf8')).toBe(
      manifestText(commands, transport),
    );
  });

  test('is within the limits of Slack', () => {
    const { name, description } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(manifest.features.bot_user.display_name.length).toBeLessThanOrEqual(80);
    expect(slash.length).toBeLessThanOrEqual(50);
    expect(manifest.settings.event_subscriptions.bot_events.length).toBeLessThanOrEqual(100);
    for (const { command, description, usage_hint } of slash) {
      expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
      expect(description.length).toBeGreaterThan(0);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(usage_hint.length).toBeLessThanOrEqual(1000);
    }
  });

  test('has every command once, and one for all; /help and /feedback are left to Slack', () => {
    const names = slash.map(({ command }) => command);
    const wanted = commands.map(({ name }) => `/${name}`).filter((name) => name !== '/help' && name !== '/feedback');
    expect(names).toEqual(['/clusterwise', ...wanted]);
  });

  test('asks for no more than it uses', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual([
      ...['app_mentions:read', 'chat:write', 'commands', 'files:write', 'im:history', 'im:write'],
      ...['channels:read', 'groups:read', 'im:read', 'mpim:read', 'users:read'],
    ]);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(['app_mention', 'message.im']);
  });

  test('has the ids of typed names sent with every command', () => {
    expect(new Set(slash.map(({ should_escape }) => should_escape))).toEqual(new Set([true]));
  });

  test('names an address where, and only where, Slack calls one', () => {
    const addresses = JSON.stringify(manifest).match(/https:\/\/clusterwise\.example\.com\/slack\/events/g) ?? [];
    expect(addresses).toHaveLength(transport === 'http' ? slash.length + 2 : 0);
    expect(manifest.settings.socket_mode_enabled).toBe(transport === 'socket');
  });
});
