import { expect, test } from 'vitest';
import { faultOf } from '../../src/platforms/fault.ts';

test('an error is logged by its kind and message', () => {
  expect(faultOf(new TypeError('fetch failed'))).toBe('TypeError: fetch failed');
});

test('what an error quotes is not logged, since a person may have typed it', () => {
  expect(faultOf(new SyntaxError('Unexpected token, "secret words"... is not valid JSON'))).not.toContain('secret');
  expect(faultOf('cannot read "secret words')).toBe('cannot read “…”');
  // As V8 says it of {"a": secret}: the excerpt has quotation marks of its own.
  expect(faultOf(new SyntaxError(`Unexpected token 's', "{"a": secret}" is not valid JSON`))).toBe(
    "SyntaxError: Unexpected token 's', “…” is not valid JSON",
  );
});
