import { z } from 'zod';
import { defenderAnswer } from '../src/antivirus/defender.ts';
import { errors } from '../src/antivirus/errors.ts';
import { exclusions } from '../src/antivirus/exclusions.ts';
import { policy } from '../src/antivirus/policy.ts';
import { choice, choices, text, texts } from '../src/arguments.ts';
import { type Context, command } from '../src/command.ts';
import { type AntivirusPack, newestRelease } from '../src/core/antivirus.ts';
import { type WindowsRelease, windowsReleaseNames, windowsReleases } from '../src/core/release.ts';
import { type FolderFault, folderFault } from '../src/core/windows-folder.ts';
import { UserError } from '../src/errors.ts';
import { clip } from '../src/tokens.ts';

const args = z.object({
  question: choice(
    {
      exclusions: ['exclusions', 'exclusion', 'exclude', 'exceptions', 'list'],
      errors: ['errors', 'codes'],
      policy: ['policy', 'waiver'],
      defender: ['defender', 'windows defender', 'microsoft defender', 'automatic exclusions', 'automatic'],
    },
    { label: 'what you ask about (exclusions unless said)', show: 'exclusions|errors|policy|defender' },
  ).optional(),
  roles: choices(
    {
      'hyper-v': ['hyper-v', 'hyperv', 'hyper v', 'hyper-v host', 'hyper-v hosts', 'host', 'hosts'],
      cluster: ['cluster', 'clusters', 'failover cluster', 'failover clusters', 'failover clustering'],
      vmm: ['vmm', 'scvmm', 'virtual machine manager', 'vmm server', 'vmm servers'],
      sql: ['sql', 'sql server', 'sql servers', 'mssql'],
      'domain-controller': [
        ...['domain-controller', 'domain controller', 'domain-controllers', 'domain controllers'],
        ...['dc', 'dcs', 'ad', 'ad ds', 'active directory'],
      ],
      dpm: ['dpm', 'scdpm', 'data protection manager', 'dpm server'],
    },
    { label: 'roles of the servers, any number (hyper-v unless said)', show: 'hyper-v|cluster|vmm|sql|dc|dpm …' },
  ).optional(),
  release: choice(windowsReleases, { label: 'the release of Windows Server', show: 'RELEASE' }).optional(),
  paths: texts({
    label: 'custom folders, in quotation marks when they hold blanks',
    show: 'path FOLDER …',
    leads: ['path', 'paths', 'folder', 'folders'],
    shape: /^(?:[a-z]:\\|\\\\)/i,
    max: 4000,
  }).optional(),
  code: text({
    label: 'an error code to explain',
    show: 'error CODE',
    leads: ['error', 'error code', 'code', 'hresult'],
    shape: /^(?:0[x×][0-9a-f]{1,8}|[0-9a-f]{8})$/i,
  }).optional(),
  officer: text({
    label: 'the security officer who signs the waiver',
    show: 'officer "NAME"',
    leads: ['officer', 'security officer'],
    max: 80,
  }).optional(),
});

type Asked = z.output<typeof args>;
type Question = NonNullable<Asked['question']>;

type Given = Exclude<keyof Asked, 'question'>;
const given = ['roles', 'release', 'paths', 'code', 'officer'] as const;
const nouns: Record<Given, string> = {
  roles: 'role',
  release: 'release',
  paths: 'custom folder',
  code: 'error code',
  officer: 'officer',
};

/** What each question takes; anything else beside it would be dropped, so it is refused. */
const takes: Record<Question, readonly Given[]> = {
  exclusions: ['roles', 'release', 'paths'],
  errors: ['code'],
  policy: ['officer'],
  defender: ['release'],
};

export default command({
  name: 'av',
  aliases: ['antivirus'],
  summary: 'what antivirus must leave alone on Hyper-V hosts and around them, error codes, and the policy question',
  args,
  examples: [
    {
      ask: '/av exclusions',
      headline:
        'For Hyper-V on Windows Server 2025, exclude 4 processes (vmms.exe, vmwp.exe and 2 more), 15 file extensions, 7 folders and 1 kind of share, by KB3105657.',
    },
    {
      ask: '/av exclusions hyper-v cluster 2012 R2',
      headline:
        'For Hyper-V and failover clusters on Windows Server 2012 R2, exclude 4 processes (vmms.exe, vmwp.exe and 2 more), 13 file extensions, 10 folders and 1 kind of share, by KB3105657 and KB250355.',
    },
    {
      ask: '/av exclusions 2008 R2 path D:\\VMs path "E:\\Virtual Disks"',
      headline:
        'For Hyper-V on Windows Server 2008 R2, exclude 2 processes (vmms.exe and vmwp.exe), 7 file extensions and 8 folders, by KB961804 (rebuilt second-hand).',
    },
    {
      ask: '/av error 0x800704C8',
      headline:
        '0x800704C8 is ERROR_USER_MAPPED_FILE (Win32 error 1224, 0x4C8): some program has the file memory-mapped (a section of it is open), so the operation cannot be done.',
    },
    {
      ask: '/av 0×80070037',
      headline:
        '0x80070037 is ERROR_DEV_NOT_EXIST (Win32 error 55, 0x37): the network resource or device is no longer there.',
    },
    {
      ask: '/av policy officer "NAME"',
      headline:
        'The 2011 article says no antivirus in the parent partition, only in the VMs; if your policy requires it there, set the KB3105657 exclusions, close Defender’s gaps and test.',
    },
    {
      ask: '/av defender 2022',
      headline:
        'On Windows Server 2022 Defender excludes 9 file extensions, 4 folders and 2 processes for Hyper-V by itself, at default paths and in real-time scans only.',
    },
  ],
  answer: (asked, context) => {
    const question = questionOf(asked);
    const packs = context.knowledge.antivirus;
    if (question === 'errors') return errors(only(packs, 'errors'), asked.code);
    if (question === 'policy') return policy(only(packs, 'policy'), asked.officer, context);
    const defender = only(packs, 'defender');
    const release = asked.release ?? usual(context.defaultRelease);
    if (question === 'defender') return defenderAnswer(packs, defender, release);
    const folders = asked.paths ?? [];
    for (const path of folders) {
      const fault = folderFault(path, defender.mostWildcards);
      if (fault) throw new UserError(faults[fault](path, defender.mostWildcards));
    }
    return exclusions(packs, defender, {
      roles: asked.roles ?? ['hyper-v'],
      rolesNamed: asked.roles !== undefined,
      release,
      releaseNamed: asked.release !== undefined,
      folders,
    });
  },
});

/** The question that was named, or the one that the other words belong to. */
function questionOf(asked: Asked): Question {
  const implied = asked.code !== undefined ? 'errors' : asked.officer !== undefined ? 'policy' : 'exclusions';
  const question = asked.question ?? implied;
  const stray = given.find((key) => asked[key] !== undefined && !takes[question].includes(key));
  if (stray) throw new UserError(`“/av ${question}” takes no ${nouns[stray]}: please ask about one thing at a time.`);
  return question;
}

/** The release the installation runs, when it is one of Windows Server; else the newest. */
function usual(defaultRelease: Context['defaultRelease']): WindowsRelease {
  return windowsReleaseNames.find((name) => name === defaultRelease) ?? newestRelease;
}

/** The one pack of a kind. */
function only<K extends AntivirusPack['kind']>(packs: readonly AntivirusPack[], kind: K) {
  const pack = packs.find((it): it is Extract<AntivirusPack, { kind: K }> => it.kind === kind);
  if (!pack) throw new Error(`knowledge/antivirus has no pack of kind ${kind}`);
  return pack;
}

const faults: Record<FolderFault, (path: string, most: number) => string> = {
  long: () => 'A custom folder can have at most 200 characters.',
  unprintable: () => 'A custom folder holds a character that cannot be printed: please type it again by hand.',
  'no path': (path) =>
    `“${clip(path)}” is not a folder I can use: please write a drive letter or a share, such as path D:\\VMs or path \\\\SERVER\\VMs.`,
  wildcards: (path, most) => `“${clip(path)}” has too many wildcards: Defender takes at most ${most} in an entry.`,
};
