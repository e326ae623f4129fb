import { existsSync } from 'node:fs';
import { z } from 'zod';
import { windowsReleaseNames } from './core/release.ts';
import { logLevels } from './log.ts';
import { zoneNamed } from './reminders/clock.ts';

const optional = z.string().trim().min(1).optional();
const starting = (prefix: string) =>
  optional.refine((value) => value === undefined || value.startsWith(prefix), `must start with “${prefix}”`);
const url = (...protocols: string[]) =>
  optional.refine(
    (value) => value === undefined || protocols.includes(URL.parse(value)?.protocol ?? ''),
    `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );

/** Ids with commas or blanks between them. */
const ids = (value = '') => value.split(/[\s,]+/).filter(Boolean);

const guid = optional.refine(
  (value) => value === undefined || /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
  'must be a GUID such as 12345678-90ab-cdef-1234-567890abcdef',
);

/** How a bot is known to Microsoft; new ones are not made MultiTenant any more. */
const appTypes = ['SingleTenant', 'MultiTenant', 'UserAssignedMSI'] as const;
const loopback = ['127.0.0.1', '::1', 'localhost'];

/** Who may change reminders: everyone; who added it, and the admins; the admins alone. */
const whoMayChange = ['everyone', 'creator', 'admins'] as const;

const environment = z.object({
  SLACK_BOT_TOKEN: starting('xoxb-'),
  SLACK_SIGNING_SECRET: optional,
  SLACK_APP_TOKEN: starting('xapp-'),
  SLACK_API_URL: url('http:', 'https:'),
  MicrosoftAppId: guid,
  MicrosoftAppType: z.enum(appTypes, `must be one of ${appTypes.join(', ')}`).default('SingleTenant'),
  MicrosoftAppTenantId: guid,
  MicrosoftAppPassword: optional,
  TEAMS_DEVELOPMENT: z.literal('1', 'must be 1, or be left out').optional(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
    .default(3978),
  HOST: optional,
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url('postgres:', 'postgresql:'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  TIMEZONE: z
    .string()
    .trim()
    .refine((name) => zoneNamed(name) !== undefined, 'must be a time zone such as “Europe/Dublin”')
    .transform((name) => zoneNamed(name) ?? name)
    .default('UTC'),
  DEFAULT_RELEASE: z.enum(windowsReleaseNames, `must be one of ${windowsReleaseNames.join(', ')}`).optional(),
  PUBLIC_URL: url('http:', 'https:').transform((value) => value?.replace(/\/+$/, '')),
  REMINDERS_FILE: optional,
  REMINDERS_CHANGED_BY: z.enum(whoMayChange, `must be one of ${whoMayChange.join(', ')}`).default('everyone'),
  ADMINS: z.string().transform(ids).default([]),
});

/** What is wrong between settings; asked of the raw environment, so that it is said beside faults of single ones. */
function faultsBetween(env: Record<string, string | undefined>): string[] {
  const transport = env.SLACK_SIGNING_SECRET ?? env.SLACK_APP_TOKEN;
  const others = transport ?? env.SLACK_API_URL;
  const faults: string[] = [];
  if (env.SLACK_BOT_TOKEN && !transport)
    faults.push('SLACK_SIGNING_SECRET is missing: Slack needs it over HTTP, or SLACK_APP_TOKEN for Socket Mode');
  if (others && !env.SLACK_BOT_TOKEN) faults.push('SLACK_BOT_TOKEN is missing: the other Slack settings need it');
  if (env.REMINDERS_CHANGED_BY === 'admins' && ids(env.ADMINS).length === 0)
    faults.push('ADMINS is missing: with REMINDERS_CHANGED_BY=admins nobody could change a reminder');
  return [...faults, ...faultsOfTeams(env)];
}

/** What is wrong between the settings of Teams; what hangs on the type of the app is left to a type that exists. */
function faultsOfTeams(env: Record<string, string | undefined>): string[] {
  const { MicrosoftAppType: type = 'SingleTenant', HOST: host, TEAMS_DEVELOPMENT: development } = env;
  const app = ['MicrosoftAppId', 'MicrosoftAppType', 'MicrosoftAppTenantId', 'MicrosoftAppPassword'];
  const given = app.filter((name) => env[name]);
  const faults: string[] = [];
  if (development) {
    if (given.length > 0)
      faults.push(`TEAMS_DEVELOPMENT has to be removed, or else ${given.join(', ')}: it is for a bot without an app`);
    if (host && !loopback.includes(host.trim()))
      faults.push(`HOST must be one of ${loopback.join(', ')}: with TEAMS_DEVELOPMENT=1 nobody is authenticated`);
    return faults;
  }
  if (!env.MicrosoftAppId)
    return given.length > 0 ? ['MicrosoftAppId is missing: the other Teams settings need it'] : [];
  if ((type === 'SingleTenant' || type === 'UserAssignedMSI') && !env.MicrosoftAppTenantId)
    faults.push(`MicrosoftAppTenantId is missing: MicrosoftAppType=${type} needs it`);
  if ((type === 'SingleTenant' || type === 'MultiTenant') && !env.MicrosoftAppPassword)
    faults.push(`MicrosoftAppPassword is missing: MicrosoftAppType=${type} needs it`);
  if (type === 'UserAssignedMSI' && env.MicrosoftAppPassword)
    faults.push('MicrosoftAppPassword has to be removed: MicrosoftAppType=UserAssignedMSI has none');
  return faults;
}

/** What the environment says, checked. A platform is absent when nothing of it is configured. */
export type Config = {
  slack?: { botToken: string; signingSecret?: string; appToken?: string; apiUrl?: string };
  teams?: {
    appId?: string;
    appType: (typeof appTypes)[number];
    tenantId?: string;
    password?: string;
    /** No app id and no authentication: the host is a loopback address then. */
    development?: true;
  };
  port: number;
  host: string;
  dataDir: string;
  databaseUrl?: string;
  logLevel: (typeof logLevels)[number];
  timeZone: string;
  defaultRelease?: string;
  /** Where people reach the HTTP server, without a slash at the end. */
  publicUrl?: string;
  remindersFile?: string;
  remindersChangedBy: (typeof whoMayChange)[number];
  /** Ids of people, as their platform knows them. */
  admins: string[];
};

/**
 * Reads the settings; an empty value counts as not set. This file is the only reader of the environment.
 * @throws Error that lists every fault, one a line
 */
export function readConfig(env: Record<string, string | undefined> = processEnvironment()): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const read = environment.safeParse(given);
  const faults = [
    ...(read.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`),
    ...faultsBetween(given),
  ];
  if (!read.success || faults.length > 0) {
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
    throw new Error(`The configuration has ${count}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
  const set = read.data;
  const slack = set.SLACK_BOT_TOKEN && {
    botToken: set.SLACK_BOT_TOKEN,
    ...(set.SLACK_SIGNING_SECRET && { signingSecret: set.SLACK_SIGNING_SECRET }),
    ...(set.SLACK_APP_TOKEN && { appToken: set.SLACK_APP_TOKEN }),
    ...(set.SLACK_API_URL && { apiUrl: set.SLACK_API_URL }),
  };
  const teams = set.MicrosoftAppId && {
    appId: set.MicrosoftAppId,
    appType: set.MicrosoftAppType,
    ...(set.MicrosoftAppTenantId && { tenantId: set.MicrosoftAppTenantId }),
    ...(set.MicrosoftAppPassword && { password: set.MicrosoftAppPassword }),
  };
  const development = set.TEAMS_DEVELOPMENT === '1';
  // Teams, and Slack over HTTP, call us from outside; Socket Mode and the terminal need no open door.
  const needsTheWorld = !development && (teams || (slack && !slack.appToken));
  return {
    ...(slack && { slack }),
    ...(teams && { teams }),
    // An app that has no id can be of no tenant.
    ...(development && { teams: { appType: 'MultiTenant', development } }),
    port: set.PORT,
    host: set.HOST ?? (needsTheWorld ? '0.0.0.0' : '127.0.0.1'),
    dataDir: set.DATA_DIR,
    ...(set.DATABASE_URL && { databaseUrl: set.DATABASE_URL }),
    logLevel: set.LOG_LEVEL,
    timeZone: set.TIMEZONE,
    ...(set.DEFAULT_RELEASE && { defaultRelease: set.DEFAULT_RELEASE }),
    ...(set.PUBLIC_URL && { publicUrl: set.PUBLIC_URL }),
    ...(set.REMINDERS_FILE && { remindersFile: set.REMINDERS_FILE }),
    remindersChangedBy: set.REMINDERS_CHANGED_BY,
    admins: set.ADMINS,
  };
}

/** The environment of the process, with what a file `.env` in the working folder adds to it. */
function processEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
