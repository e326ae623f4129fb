import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { projectPath } from './ask.ts';

const APP = '7d0b8a1e-52f3-4c6b-9a0d-3e1f2a4b5c6d';
const TENANT = 'c0ffee00-1234-4abc-8def-0123456789ab';
const singleTenant = { MicrosoftAppId: APP, MicrosoftAppTenantId: TENANT, MicrosoftAppPassword: 'p' };

const faults = (env: Record<string, string>) => {
  try {
    readConfig(env);
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('the configuration', () => {
  test('has a working default for everything', () => {
    expect(readConfig({})).toEqual({
      port: 3978,
      host: '127.0.0.1',
      dataDir: './data',
      logLevel: 'info',
      timeZone: 'UTC',
      remindersChangedBy: 'everyone',
      admins: [],
    });
  });

  test('counts an empty value as not set', () => {
    expect(readConfig({ PORT: '', SLACK_BOT_TOKEN: ' ', LOG_LEVEL: '' }).port).toBe(3978);
  });

  test('opens the door to the world only for a platform that is called from outside', () => {
    const token = { SLACK_BOT_TOKEN: 'xoxb-1' };
    expect(readConfig({ ...token, SLACK_SIGNING_SECRET: 's' }).host).toBe('0.0.0.0');
    expect(readConfig({ ...token, SLACK_APP_TOKEN: 'xapp-1' }).host).toBe('127.0.0.1');
    expect(readConfig({ ...token, SLACK_SIGNING_SECRET: 's', HOST: '127.0.0.1' }).host).toBe('127.0.0.1');
  });

  test('opens the door to the world for Teams, but never in its development mode', () => {
    expect(readConfig(singleTenant).host).toBe('0.0.0.0');
    expect(readConfig({ ...singleTenant, HOST: '10.0.0.5' }).host).toBe('10.0.0.5');
    const slackOverHttp = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };
    expect(readConfig({ TEAMS_DEVELOPMENT: '1' }).host).toBe('127.0.0.1');
    expect(readConfig({ ...slackOverHttp, TEAMS_DEVELOPMENT: '1' }).host).toBe('127.0.0.1');
  });

  test('lists everything that is wrong at once, each by the name of its setting', () => {
    expect(
      faults({
        SLACK_BOT_TOKEN: 'xoxp-1',
        SLACK_API_URL: 'slack.com',
        PORT: '70000',
        DATABASE_URL: 'mysql://db',
        LOG_LEVEL: 'loud',
        TIMEZONE: 'Mars/Base',
        DEFAULT_RELEASE: '2017',
        PUBLIC_URL: 'bot.example.com',
        REMINDERS_CHANGED_BY: 'nobody',
      }),
    ).toBe(`The configuration has 10 faults:
  SLACK_BOT_TOKEN must start with “xoxb-”
  SLACK_API_URL must be an address that starts with http:// or https://
  PORT must be a number from 0 to 65535
  DATABASE_URL must be an address that starts with postgres:// or postgresql://
  LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent
  TIMEZONE must be a time zone such as “Europe/Dublin”
  DEFAULT_RELEASE must be one of 2008 R2, 2012, 2012 R2, 2016, 2019, 2022, 2025
  PUBLIC_URL must be an address that starts with http:// or https://
  REMINDERS_CHANGED_BY must be one of everyone, creator, admins
  SLACK_SIGNING_SECRET is missing: Slack needs it over HTTP, or SLACK_APP_TOKEN for Socket Mode`);
  });

  test('takes a time zone however it is spelled, and keeps it as it is written', () => {
    expect(readConfig({ TIMEZONE: ' europe/dublin ' }).timeZone).toBe('Europe/Dublin');
  });

  test('keeps the public address without a slash at its end', () => {
    expect(readConfig({ PUBLIC_URL: 'https://bot.example.com/' }).publicUrl).toBe('https://bot.example.com');
    expect(readConfig({ PUBLIC_URL: 'https://example.com/bot//' }).publicUrl).toBe('https://example.com/bot');
  });

  test('reads who may change reminders, and the admins with commas or blanks between them', () => {
    const read = readConfig({
      REMINDERS_FILE: ' reminders.yaml ',
      REMINDERS_CHANGED_BY: 'admins',
      ADMINS: ' U1, U2 U3,',
    });
    expect(read).toMatchObject({
      remindersFile: 'reminders.yaml',
      remindersChangedBy: 'admins',
      admins: ['U1', 'U2', 'U3'],
    });
    expect(readConfig({ REMINDERS_CHANGED_BY: 'creator' }).admins).toEqual([]);
  });

  test('misses the admins when nobody else may change a reminder, beside every other fault', () => {
    expect(
      faults({ REMINDERS_CHANGED_BY: 'admins', ADMINS: ' , ', SLACK_APP_TOKEN: 'xapp-1' }),
    ).toBe(`The configuration has 2 faults:
  SLACK_BOT_TOKEN is missing: the other Slack settings need it
  ADMINS is missing: with REMINDERS_CHANGED_BY=admins nobody could change a reminder`);
  });

  test('misses the bot token when only another Slack setting is there', () => {
    expect(faults({ SLACK_APP_TOKEN: 'xapp-1' })).toBe(`The configuration has a fault:
  SLACK_BOT_TOKEN is missing: the other Slack settings need it`);
  });

  test('misses the bot token when only the address of the Web API is there', () => {
    expect(faults({ SLACK_API_URL: 'http://127.0.0.1/api/' })).toContain('SLACK_BOT_TOKEN is missing');
  });

  test('never repeats a secret in its faults', () => {
    expect(faults({ SLACK_BOT_TOKEN: 'a-secret', DATABASE_URL: 'mysql://user:secret@host/db' })).not.toContain(
      'secret',
    );
  });

  test('is documented in .env.example, every setting of it', () => {
    const documented = readFileSync(projectPath('.env.example'), 'utf8').match(/^[A-Z][A-Za-z_]+(?==)/gm);
    const read = readFileSync(projectPath('src/config.ts'), 'utf8').match(/^ {2}[A-Z][A-Za-z_]+(?=:)/gm);
    expect(documented).toContain('MicrosoftAppId');
    expect(documented?.toSorted()).toEqual(read?.map((name) => name.trim()).toSorted());
  });

  test('is the default one when .env.example is copied as it is', () => {
    expect(readConfig(parseEnv(readFileSync(projectPath('.env.example'), 'utf8')))).toEqual(readConfig({}));
  });
});

describe('the configuration of Teams', () => {
  test('is a bot of a single tenant when no type is set', () => {
    expect(readConfig(singleTenant).teams).toEqual({
      appId: APP,
      appType: 'SingleTenant',
      tenantId: TENANT,
      password: 'p',
    });
  });

  test('takes an older bot of many tenants without a tenant', () => {
    const set = { MicrosoftAppId: APP, MicrosoftAppType: 'MultiTenant', MicrosoftAppPassword: 'p' };
    expect(readConfig(set).teams).toEqual({ appId: APP, appType: 'MultiTenant', password: 'p' });
  });

  test('takes a managed identity without a password', () => {
    const set = { MicrosoftAppId: APP, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppTenantId: TENANT };
    expect(readConfig(set).teams).toEqual({ appId: APP, appType: 'UserAssignedMSI', tenantId: TENANT });
  });

  test('has no app id in development', () => {
    expect(readConfig({ TEAMS_DEVELOPMENT: '1' }).teams).toEqual({ appType: 'MultiTenant', development: true });
  });

  test.each(['127.0.0.1', '::1', 'localhost'])('can be in development on %s', (host) => {
    expect(readConfig({ TEAMS_DEVELOPMENT: '1', HOST: host }).host).toBe(host);
  });

  test.each<[what: string, env: Record<string, string>, faults: string[]]>([
    [
      'a misspelt type, before anything that hangs on it',
      { ...singleTenant, MicrosoftAppType: 'Single Tenant', MicrosoftAppPassword: '' },
      ['MicrosoftAppType must be one of SingleTenant, MultiTenant, UserAssignedMSI'],
    ],
    [
      'ids that are no GUIDs, and the secret that is missing, at once',
      { MicrosoftAppId: 'clusterwise', MicrosoftAppTenantId: 'contoso.com' },
      [
        'MicrosoftAppId must be a GUID such as 12345678-90ab-cdef-1234-567890abcdef',
        'MicrosoftAppTenantId must be a GUID such as 12345678-90ab-cdef-1234-567890abcdef',
        'MicrosoftAppPassword is missing: MicrosoftAppType=SingleTenant needs it',
      ],
    ],
    [
      'an app id alone',
      { MicrosoftAppId: APP },
      [
        'MicrosoftAppTenantId is missing: MicrosoftAppType=SingleTenant needs it',
        'MicrosoftAppPassword is missing: MicrosoftAppType=SingleTenant needs it',
      ],
    ],
    [
      'a managed identity with a password and no tenant',
      { MicrosoftAppId: APP, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: 'p' },
      [
        'MicrosoftAppTenantId is missing: MicrosoftAppType=UserAssignedMSI needs it',
        'MicrosoftAppPassword has to be removed: MicrosoftAppType=UserAssignedMSI has none',
      ],
    ],
    [
      'a bot of many tenants without a password',
      { MicrosoftAppId: APP, MicrosoftAppType: 'MultiTenant' },
      ['MicrosoftAppPassword is missing: MicrosoftAppType=MultiTenant needs it'],
    ],
    [
      'a password without an app',
      { MicrosoftAppPassword: 'p' },
      ['MicrosoftAppId is missing: the other Teams settings need it'],
    ],
    [
      'development mode with an app and an open door',
      { ...singleTenant, TEAMS_DEVELOPMENT: '1', HOST: '0.0.0.0' },
      [
        'TEAMS_DEVELOPMENT has to be removed, or else MicrosoftAppId, MicrosoftAppTenantId, MicrosoftAppPassword: it is for a bot without an app',
        'HOST must be one of 127.0.0.1, ::1, localhost: with TEAMS_DEVELOPMENT=1 nobody is authenticated',
      ],
    ],
    [
      'a development mode of another name',
      { TEAMS_DEVELOPMENT: 'yes' },
      ['TEAMS_DEVELOPMENT must be 1, or be left out'],
    ],
  ])('misses nothing of %s', (_, env, expected) => {
    expect(faults(env).split('\n  ').slice(1)).toEqual(expected);
  });

  test('never repeats the password in its faults', () => {
    expect(faults({ MicrosoftAppId: 'x', MicrosoftAppType: 'y', MicrosoftAppPassword: 'a-secret' })).not.toContain(
      'a-secret',
    );
  });
});
