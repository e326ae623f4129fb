import { describe, expect, test } from 'vitest';
import type { Form } from '../../../src/form.ts';
import { modalOf, submitted } from '../../../src/platforms/slack/modal.ts';

const form: Form = {
  title: 'Add a reminder to this channel',
  submit: 'Add',
  ask: '/reminder add',
  fields: [
    {
      name: 'what',
      label: 'What?',
      kind: 'choice',
      options: [
        { label: 'CSV defrag', value: 'defrag' },
        { label: 'AD backup', value: 'ad-backup' },
      ],
      initial: 'ad-backup',
    },
    { name: 'when', label: 'When?', kind: 'words', hint: 'Such as “every saturday 02:00”.', initial: 'weekdays 09:00' },
    { name: 'owner', label: 'Who?', kind: 'person', lead: 'owner', initial: '<@U1|ann>', optional: true },
    { name: 'note', label: 'Anything else?', kind: 'text', lead: 'note', optional: true, long: true },
  ],
};

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

describe('a form as a modal', () => {
  const modal = modalOf(form, 'C1');

  test('has a block for each field', () => {
    expect(modal.blocks).toEqual([
      {
        type: 'input',
        block_id: 'what',
        label: plain('What?'),
        optional: false,
        element: {
          type: 'static_select',
          action_id: 'value',
          options: [
            { text: plain('CSV defrag'), value: 'defrag' },
            { text: plain('AD backup'), value: 'ad-backup' },
          ],
          initial_option: { text: plain('AD backup'), value: 'ad-backup' },
        },
      },
      {
        type: 'input',
        block_id: 'when',
        label: plain('When?'),
        hint: plain('Such as “every saturday 02:00”.'),
        optional: false,
        element: { type: 'plain_text_input', action_id: 'value', multiline: false, initial_value: 'weekdays 09:00' },
      },
      {
        type: 'input',
        block_id: 'owner',
        label: plain('Who?'),
        optional: true,
        element: { type: 'users_select', action_id: 'value', initial_user: 'U1' },
      },
      {
        type: 'input',
        block_id: 'note',
        label: plain('Anything else?'),
        optional: true,
        element: { type: 'plain_text_input', action_id: 'value', multiline: true },
      },
    ]);
  });

  test('has titles that are not longer than Slack allows', () => {
    expect([modal.title, modal.submit]).toEqual([plain('Add a reminder to this …'), plain('Add')]);
  });

  test('carries what is needed to ask, and no more', () => {
    expect(JSON.parse(modal.private_metadata ?? '')).toEqual({
      channel: 'C1',
      ask: '/reminder add',
      fields: [
        { name: 'what', kind: 'choice' },
        { name: 'when', kind: 'words' },
        { name: 'owner', kind: 'person', lead: 'owner' },
        { name: 'note', kind: 'text', lead: 'note' },
      ],
    });
  });
});

describe('a modal that was filled in', () => {
  const filled = submitted({
    private_metadata: modalOf(form, 'C1').private_metadata ?? '',
    state: {
      values: {
        what: {
          value: {
            type: 'static_select',
            selected_option: { text: { type: 'plain_text', text: 'CSV defrag' }, value: 'defrag' },
          },
        },
        when: { value: { type: 'plain_text_input', value: 'every 99th' } },
        owner: { value: { type: 'users_select', selected_user: 'U2' } },
        note: { value: { type: 'plain_text_input', value: null } },
      },
    },
  });

  test('asks as if it had been typed', () => {
    expect([filled.channel, filled.text]).toEqual(['C1', '/reminder add defrag every 99th owner <@U2>']);
  });

  test.each([
    ['I don’t understand “99th”: try “every saturday 02:00”.', 'when'],
    ['I have no chore “defr…”.', 'what'],
    ['The time of day is missing.', 'when'],
  ])('is told “%s” at the field it is about', (sentence, field) => {
    expect(filled.errors(sentence)).toEqual({ [field]: sentence });
  });
});
