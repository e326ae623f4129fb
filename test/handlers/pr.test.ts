import { describe, expect, test } from 'vitest';
import { ask } from '../ask.ts';

const headline = async (text: string) => (await ask(text)).headline;
const notes = async (text: string) => (await ask(text)).notes?.join('\n') ?? '';

describe('/pr', () => {
  // reference on persistent reservations, section 1.3
  test.each([
    ['/pr hosts=5 modules=3 connections=2 csvs=7', '= 210 persistent reservations'],
    ['/pr 3 nodes, dual iscsi nics, 4 CSVs', '= 24 persistent reservations'],
    ['/pr single host 1 iscsi connection one csv', '= 1 persistent reservation.'],
    ['/pr 4 hosts with 4 channels each limit of 100', 'At most 6 CSVs within a limit of 100'],
    ['/pr 2 channels 4 csvs limit 128', 'At most 16 hosts within a limit of 128'],
    ['/pr 8 hosts 4 csvs limit 128', 'At most 4 connections within a limit of 128'],
    ['/pr 64 hosts 2 channels limit 100', 'Not even one CSV fits a limit of 100'],
    ['/pr 4 hosts 2 modules 2 channels 8 csvs limit 128', 'exactly the limit of 128'],
    ['/pr 2 hosts 2 channels 4 csvs limit 128', '112 under the limit of 128'],
  ])('answers “%s”', async (text, said) => {
    expect(await headline(text)).toContain(said);
  });

  test('states how it reads “channels”', async () => {
    expect(await notes('/pr 2 hosts 2 channels 4 csvs')).toContain(
      '“Channels” are read as the iSCSI connections of one host, before storage modules multiply them.',
    );
  });

  test('asks by name for the value that is missing', async () => {
    expect(await headline('/pr 2 hosts 2 channels')).toContain('How many CSVs');
    expect(await headline('/pr 2 hosts 4 csvs')).toContain('How many iSCSI connections');
    expect(await headline('/pr limit 100')).toContain('How many hosts');
  });
});

// reference on persistent reservations, section 4
describe('the limit of an array', () => {
  test('per LUN is compared with what this design puts on each CSV', async () => {
    // 4 x 4 x 2 = 32 a CSV
    expect(await notes('/pr 4 hosts 4 modules 2 channels 8 csvs array istgt')).toContain(
      'This design puts 32 on each CSV: 224 under the limit of 256.',
    );
  });
  test('per port is told, and not compared with a sum that counts otherwise', async () => {
    const said = await notes('/pr 16 hosts 2 channels 20 csvs array "XP P9500"');
    expect(said).toContain('128 reserve keys');
    expect(said).not.toContain('over the limit');
  });
  test('that is not known is said to be unknown', async () => {
    expect(await notes('/pr 2 hosts 2 channels 4 csvs array VNX5300')).toContain('I don’t know the limit of “VNX5300”');
  });
  test('marked unconfirmed by the reference is never shown', async () => {
    expect(await notes('/pr 2 hosts 2 channels 4 csvs array equallogic')).not.toMatch(/(?<![\d,])96\b/);
  });
});
