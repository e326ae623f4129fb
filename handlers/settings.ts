import { z } from 'zod';
import { choice, text } from '../src/arguments.ts';
import type { ChannelSettings, Channels, SettingsChange } from '../src/channels.ts';
import { command } from '../src/command.ts';
import { windowsReleases } from '../src/core/release.ts';
import { UserError } from '../src/errors.ts';
import { zoneNamed } from '../src/reminders/clock.ts';
import { clip } from '../src/tokens.ts';

const args = z.object({
  zone: text({
    label: 'the time zone of dates',
    show: 'zone Europe/Dublin|default',
    leads: ['zone', 'time zone', 'timezone'],
  }).optional(),
  // “release” in front of it says nothing and is read over.
  release: choice(
    { ...windowsReleases, default: ['release default', 'release to default'] },
    {
      label: 'the default release',
      show: 'release 2016|default',
    },
  ).optional(),
});
type Change = Pick<SettingsChange, 'timeZone' | 'defaultRelease'>;

export default command({
  name: 'settings',
  summary: 'the time zone and the default release of this channel, and how to change them',
  changes: true,
  args,
  examples: [
    {
      ask: '/settings',
      headline: 'Here the time zone is UTC (the installation’s) and the default release is unset.',
    },
  ],
  async answer({ zone, release }, { request: { place, user }, channels, timeZone, defaultRelease }) {
    const change: Change = {
      ...(zone !== undefined && { timeZone: /^default$/i.test(zone) ? undefined : readZone(zone) }),
      ...(release && { defaultRelease: release === 'default' ? undefined : release }),
    };
    const names = settings.filter(({ key }) => key in change);
    // Without channels nothing takes the place of what the installation has.
    const installation = channels?.installation ?? { timeZone, ...(defaultRelease && { defaultRelease }) };
    if (!channels || names.length === 0) {
      const own = (await channels?.of(place)) ?? {};
      const said = settings.map((setting) => `${setting.name} is ${told(setting, own, installation)}`);
      return {
        headline: names.length > 0 ? 'Nothing was changed.' : `Here ${said.join(' and ')}.`,
        facts: settings.map((setting) => [setting.label, told(setting, own, installation)]),
        ...(!channels && { notes: ['The settings of a channel are kept once Slack or Teams is connected.'] }),
      };
    }
    const { before, after } = await channels.set(place, () => change, user);
    const said = names.map((setting) => {
      const [was, is] = [told(setting, before, installation), told(setting, after, installation)];
      return was === is ? `${setting.name} is ${is}, as before` : `${setting.name} was ${was} and is now ${is}`;
    });
    const notes = 'timeZone' in change ? { notes: [remindersStay] } : {};
    return { headline: `Here ${said.join('; ')}.`, ...notes, audience: 'asker' };
  },
});

const remindersStay =
  'Existing reminders keep the zone they were added with: “/reminder edit” changes the schedule of one.';

function readZone(zone: string): string {
  const found = zoneNamed(zone);
  if (found) return found;
  throw new UserError(`“${clip(zone)}” is not a time zone: name one such as “Europe/Dublin”, or “default”.`);
}

type Setting = { key: keyof Change; name: string; label: string };
const settings: Setting[] = [
  { key: 'timeZone', name: 'the time zone', label: 'Time zone' },
  { key: 'defaultRelease', name: 'the default release', label: 'Default release' },
];

/** A setting and where it comes from. */
function told({ key }: Setting, own: ChannelSettings, installation: Channels['installation']): string {
  const [here, there] = [own[key], installation[key]];
  if (here) return `${here} (this channel’s)`;
  return there ? `${there} (the installation’s)` : 'unset';
}
