import { PassThrough } from 'node:stream';
import { text as allOf } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { completer, exitStatus, runPrompt } from '../../src/platforms/terminal.ts';
import { bot } from '../ask.ts';

describe('the prompt', () => {
  test('answers line by line until “exit”', async () => {
    const output = new PassThrough();
    const input = new PassThrough();
    input.end('/pr 2 hosts 2 channels 4 csvs\n\n/pr 8 hots\nexit\n/help\n');
    await runPrompt(bot, { input, output, user: 'somebody' });
    output.end();
    const said = await allOf(output);
    expect(said).toContain('= 16 persistent reservations.');
    expect(said).toContain('did you mean “hosts”?');
    expect(said).not.toContain('Ask me one of these');
  });
});

describe('completion', () => {
  const complete = completer(bot);
  test('completes a command, with or without the slash', () => {
    expect(complete('/lic')).toEqual([['/license '], '/lic']);
    expect(complete('vm')).toEqual([['/vmm '], 'vm']);
  });
  test('completes the words that a command understands', () => {
    expect(complete('/pr 2 ho')[0]).toContain('hosts');
    expect(complete('/license cluster 2 hosts 8 v')[0]).toContain('vms');
  });
  test('completes the commands behind help', () => {
    expect(complete('/help l')[0]).toEqual(['license ']);
  });
});

describe('the exit status', () => {
  test('is 0 for an answer, 2 for what was not understood, 1 for a fault of ours', () => {
    expect(exitStatus({ headline: 'Yes.' })).toBe(0);
    expect(exitStatus({ headline: 'What?', problem: 'input' })).toBe(2);
    expect(exitStatus({ headline: 'Sorry.', problem: 'fault' })).toBe(1);
  });
});
