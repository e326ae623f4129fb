import { describe, expect, test } from 'vitest';
import { pressOf } from '../../../src/platforms/teams/pressed.ts';

const form = {
  title: 'Add',
  submit: 'Save',
  ask: '/reminder add',
  fields: [
    { name: 'what', label: 'What?', kind: 'words' },
    { name: 'note', label: 'Note', kind: 'text', lead: 'for' },
    { name: 'who', label: 'Who?', kind: 'person', lead: 'owner' },
  ],
};

test('a button asks its text', () => {
  expect(pressOf({ ask: '/chore done 3' })).toEqual({ text: '/chore done 3' });
});

test('a form asks what it completes, and is there as it was filled in', () => {
  expect(pressOf({ form, what: 'defrag daily 10:00', note: 'CSV "1"', who: '29:1bob' })).toEqual({
    text: `/reminder add defrag daily 10:00 for "CSV '1'" owner <@29:1bob>`,
    form: {
      title: 'Add',
      submit: 'Save',
      ask: '/reminder add',
      fields: [
        { name: 'what', label: 'What?', kind: 'words', initial: 'defrag daily 10:00' },
        { name: 'note', label: 'Note', kind: 'text', lead: 'for', initial: 'CSV "1"' },
        { name: 'who', label: 'Who?', kind: 'person', lead: 'owner', initial: '<@29:1bob>' },
      ],
    },
  });
});

describe('of a form', () => {
  test.each([
    ['what is missing or blank is left out', { what: 'defrag', note: '  ' }, '/reminder add defrag'],
    ['the first of several people is taken', { who: 'id-1,id-2' }, '/reminder add owner <@id-1>'],
    ['what is no id of a person stays words', { who: 'Bob Baker' }, '/reminder add owner Bob Baker'],
    ['nobody can be smuggled in', { who: 'x><@y' }, '/reminder add owner x><@y'],
    ['a number is words', { what: 7 }, '/reminder add 7'],
    ['what is no text is left out', { what: ['a'], note: { b: 1 }, who: null }, '/reminder add'],
  ])('%s', (_, values, text) => expect(pressOf({ form, ...values })?.text).toBe(text));

  test('a value is cut that is longer than anything the bot reads', () => {
    expect(pressOf({ form, what: 'x'.repeat(100_000) })?.text).toHaveLength('/reminder add '.length + 5000);
  });

  test('a field named as a part of every object has no value', () => {
    const fields = ['__proto__', 'toString'].map((name) => ({ name, label: 'A', kind: 'words' }));
    const named = { ...form, ask: '/a', fields };
    expect(pressOf({ form: named })?.text).toBe('/a');
  });
});

test.each([
  ['nothing', undefined],
  ['words', '/pr'],
  ['an empty object', {}],
  ['another card', { action: 'approve' }],
  ['no text', { ask: { text: '/pr' } }],
  ['too long a text', { ask: 'x'.repeat(5001) }],
  ['an unknown kind of field', { form: { ...form, fields: [{ name: 'a', label: 'A', kind: 'code' }] } }],
  ['a form without a title', { form: { ...form, title: undefined } }],
  ['too many fields', { form: { ...form, fields: Array.from({ length: 51 }, () => form.fields[0]) } }],
])('%s is no press', (_, sent) => expect(pressOf(sent)).toBeUndefined());
