import { expect, test } from 'vitest';
import { createConversations } from '../src/conversation.ts';
import { request } from './ask.ts';

const by = (id: string, minutes = 0) => ({
  ...request('text'),
  user: { id, name: id },
  now: new Date(Date.UTC(2026, 10, 22, 9, minutes)),
});

test('the last question of each person is held for ten minutes', () => {
  const conversations = createConversations();
  conversations.keep(by('U1'), { asked: 'one' });
  conversations.keep(by('U2'), { asked: 'two' });
  conversations.keep(by('U1', 1), { asked: 'three' });
  expect(conversations.last(by('U1', 10))).toEqual({ asked: 'three' });
  expect(conversations.last(by('U2', 9))).toEqual({ asked: 'two' });
  expect(conversations.last(by('U2', 10))).toBeUndefined();
  expect(conversations.last(by('U3'))).toBeUndefined();
});

test('a thousand are held, and the oldest goes first', () => {
  const conversations = createConversations();
  for (let i = 0; i <= 1000; i += 1) conversations.keep(by(`U${i}`), { asked: `${i}` });
  expect(conversations.last(by('U0'))).toBeUndefined();
  expect(conversations.last(by('U1'))).toEqual({ asked: '1' });
  expect(conversations.last(by('U1000'))).toEqual({ asked: '1000' });
});
