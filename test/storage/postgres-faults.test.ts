import { expect, test } from 'vitest';
import { Unavailable } from '../../src/errors.ts';
import { failureOf } from '../../src/storage/postgres-faults.ts';

const coded = (code: string) => Object.assign(new Error('postgres://amelia:geheim@db'), { code });

test.each([
  [coded('ECONNREFUSED'), 'nothing answers there'],
  [coded('ETIMEDOUT'), 'it reports ETIMEDOUT'],
  [coded('EAI_AGAIN'), 'its host could not be looked up'],
  [coded('08006'), 'it reports 08006'],
  [coded('53300'), 'it reports 53300'],
  [coded('57P01'), 'it is shutting down'],
  [coded('57P03'), 'it is starting or shutting down'],
  [coded('25006'), 'it reports 25006'],
  [new Error('Connection terminated unexpectedly'), 'it does not answer'],
  [new Error('timeout exceeded when trying to connect'), 'it does not answer'],
])('a database that says %s is away, and the cause says why', (error, reason) => {
  const failure = failureOf('db:5432/bot', error);
  expect(failure).toBeInstanceOf(Unavailable);
  expect(failure.cause).toMatchObject({
    message: `The database db:5432/bot did not do what was asked: ${reason}.`,
    cause: error,
  });
});

test.each([
  [coded('42P01'), 'it reports 42P01'],
  [coded('23505'), 'it reports 23505'],
  [coded('57014'), 'it reports 57014'],
  [coded('ERR_INVALID_ARG_TYPE'), 'it reports ERR_INVALID_ARG_TYPE'],
  [new TypeError('x is not a function'), 'it gave no reason that is known'],
])('%s is a fault of ours, in a sentence without what the error quotes', (error, reason) => {
  const failure = failureOf('db:5432/bot', error);
  expect(failure).not.toBeInstanceOf(Unavailable);
  expect(failure.message).toBe(`The database db:5432/bot did not do what was asked: ${reason}.`);
});
